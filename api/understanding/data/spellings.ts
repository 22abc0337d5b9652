/** Short forms of chat and of Huế speech, folded, and the common word; only those that are hardly ever anything else. */
const ROWS: readonly (readonly [common: string, short: string])[] = [
  ['khong', 'k ko kh kg khg hk hok hong hem hum khum kum kong khoong hg'],
  ['duoc', 'dc dk duoc dx dk dch'],
  ['gi', 'j ji'],
  ['roi', 'r roy rui rol'],
  ['voi', 'vs vz voj'],
  ['nuoc', 'nc nuok nuocs nac nuoj nuot'],
  ['nguoi', 'ng ngta nguoj ngu'],
  ['duong', 'dg dgg duog duongg'],
  ['minh', 'mk mik mjnh'],
  ['truoc', 'trc trk'],
  ['nhu the nao', 'ntn nhuthenao'],
  ['lam', 'lm'],
  ['cung', 'cx cug'],
  ['the', 'thee'],
  ['vay', 'v z zay zậy'],
  ['ve', 'ze'],
  ['vo', 'zo dzo do'],
  ['vao', 'zao dzao'],
  ['qua', 'wa wá quaa qa'],
  ['biet', 'bt bik bit bjt'],
  ['nhieu', 'nhiu nhju nh'],
  ['hom nay', 'hnay hn hqa'],
  ['hom qua', 'hqua'],
  ['dien thoai', 'dt dth sdt'],
  ['may', 'mey'],
  ['can', 'cann'],
  ['giup', 'gjup gium jup dum'],
  ['cuu', 'ciu kiu kuu cuuu'],
  ['thong bao', 'tb'],
  ['phuong', 'ph phg'],
  ['uy ban', 'ub ubnd'],
  ['chinh quyen', 'cq'],
  ['cam on', 'cmon cam_on tks thks thanks thank camon cambn'],
  ['xin chao', 'xch'],
  ['tra loi', 'rep tl'],
  ['tin nhan', 'tn'],
  ['cong an', 'ca'],
  ['toi', 'tui tuj toj'],
  ['bay gio', 'chu bgio bg gio'],
  ['nay', 'ni nj'],
  ['dau', 'mo moo'],
  ['sao', 'rang'],
  ['vay', 'rua'],
  ['kia', 'te'],
  ['ay', 'no'],
  ['duong', 'dang'],
  ['gay', 'gey'],
  ['hong', 'hog'],
  ['ngap', 'ngpa nagp ngp'],
  ['sua', 'sủa'],
]
/** Of these the common word is only one reading: they stay as they are, and the other reading is added by training. */
const AMBIGUOUS = new Set('do hong mo no te ni chu dang rang hn gio ca ph ng'.split(' '))

export const SPELLINGS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(([common, short]) =>
    short
      .split(' ')
      .filter((word) => word !== '' && !AMBIGUOUS.has(word))
      .map((word) => [word, common] as const),
  ),
)
