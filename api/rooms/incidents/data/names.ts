/** All words here are folded: lower case, no marks. Source: own list of what people in Huế write and are called. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Family names that cover almost everybody, and the royal line's of Huế; with marks. */
export const FAMILY_NAMES = words(
  'nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý tôn trịnh đinh lương mai cao trương đào ' +
    'đoàn lâm phùng tạ thái châu quách hà kiều triệu lưu vương nghiêm tô thân khương diệp vĩnh bửu ưng',
)
/** The same as typed without marks. */
export const PLAIN_FAMILY_NAMES = words(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly ton trinh dinh luong mai cao truong dao ' +
    'doan lam phung ta thai chau quach ha kieu trieu luu vuong nghiem to than khuong diep vinh buu ung',
)
/** Those that are names even in small letters without marks ("dang thi cong" is a building site, "do thi" a town). */
export const SURE_FAMILY_NAMES = words('nguyen tran le pham hoang huynh phan bui ngo')

/** Middle names that stand in names and in hardly anything else. */
export const MIDDLE_NAMES = words('văn thị van thi')
/** Middle names that make a name only after a title and a family name. */
export const SOFT_MIDDLE_NAMES = words(
  'van thi huu duc quang dinh ngoc xuan minh thanh hong nhu khac ba trong cong nu that tang',
)

/** Calling somebody, as words without marks; "co", "o", "duong", "con" are too common to be one of them. */
export const PLAIN_TITLES = words('ong anh chi ba chu bac em chau thay mu vo chong mr mrs ms')
/** The same in a text that has its marks. */
export const MARKED_TITLES = new Set(
  'ông bà chị chú bác cháu thầy mụ vợ chồng cô o dì dượng cậu mợ thím mệ ôn con nhà hộ'.split(' '),
)

/** A person's role in two words; a name may follow. */
export const ROLES = new Set([
  'chu nha',
  'chu quan',
  'chu xe',
  'chu ho',
  'chu tich',
  'bi thu',
  'truong thon',
  'to truong',
  'pho thon',
  'can bo',
  'cong an',
  'giao vien',
  'bac si',
  'doi tuong',
  'gia dinh',
  'dong chi',
  'vo chong',
])

/** Whatever follows is the name of a place, which the public needs: "đường Nguyễn Văn Trỗi", "kiệt 5 Bà Triệu". */
export const PLACE_WORDS = words(
  'đường phố kiệt hẻm ngõ cầu chợ chùa miếu đình cồn hồ trường đền lăng làng bến đập cống phường xã thôn xóm tổ ' +
    'bệnh viện trạm khu ngã quán đảo vườn thpt thcs học núi',
)
/** The same as typed without marks; "den", "cho", "ho", "con" mean too much else. */
export const PLAIN_PLACE_WORDS = words(
  'duong pho kiet hem ngo cau chua mieu dinh truong ben phuong xa thon xom benh tram khu thpt thcs hoc',
)
/** Streets that begin like a call, folded, without their title. */
export const STREETS = ['trieu', 'huyen thanh quan', 'ich khiem', 'giang', 'dinh ba quat']

/** Children by order of birth, as people are called in a village: "ông Bảy", "bà út". */
export const BIRTH_ORDER = words('hai tu nam sau bay tam chin muoi ut ca')

/** How somebody says their own name, folded; the name follows. */
export const SELF_PHRASES = new Set([
  'toi la',
  'toi ten',
  'toi ten la',
  'ten toi la',
  'ten la',
  'ten em la',
  'ten chau la',
  'tui la',
  'tui ten',
  'tui ten la',
  'em la',
  'em ten',
  'em ten la',
  'con la',
  'con ten',
  'con ten la',
  'chau la',
  'chau ten la',
  'me la',
  'minh la',
  'minh ten',
  'minh ten la',
  'ho ten',
  'ho va ten',
  'nguoi gui',
  'nguoi gui la',
  'nguoi bao',
  'nguoi bao la',
  'nguoi phan anh',
  'nguoi phan anh la',
  'ky ten',
  'kinh don',
  'tran trong',
  'than ai',
  'my name is',
  'i am',
])
