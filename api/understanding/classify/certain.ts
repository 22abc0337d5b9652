import type { Entities } from '../extract/index.ts'
import type { Normalised } from '../normalise.ts'

/** What must be certain whatever a model learnt. Read on folded words in their common spelling. */

/** Danger to life now: somebody calls, is trapped, in the water, in a fire, buried, hurt, or without breath. */
const SOS =
  /(?<![a-z])(?:cuu (?:voi|toi|tui|em|con|ba con|nguoi|mang|gap|mau|giup|me|nha)|keu cuu|cuu cuu|bi nuoc cuon|nuoc cuon troi|lu cuon troi|bi cuon troi|dang chet duoi|bi chet duoi|bi duoi nuoc|nguoi (?:bi )?duoi nuoc|dang duoi nuoc|nuoc (?:da )?(?:toi|den|len toi|ngap toi|ngap den|lut|qua) (?:nguc|co|cam|mai|noc|dau|vai|tran)|ngap (?:toi|den|qua|lut) (?:nguc|co roi|cam|mai|noc|dau|vai)|ngap lut dau|(?:ket|mac ket) (?:tren|trong|giua|duoi|o tren)|(?:ngoi|dung|o|leo len|tren|dang) tren (?:noc|mai)(?! (?:nha )?cho)|leo len (?:mai|noc)|nha (?:dang |bi )?(?:chay|boc chay)|chay nha|boc chay|chay lon|sap nha|nha (?:bi )?sap|vui lap|bi vui|bat tinh|ngung tho|khong tho duoc|kho tho|dot quy|nhoi mau co tim|bi dien giat|co giat|nguy kich|sap chet|lat (?:ghe|thuyen|do|xuong|xe)|chim (?:ghe|thuyen|do|xuong)|nguoi bi thuong|bi thuong nang|bi chem|bi dam|muon tu tu|dinh tu tu|nhay cau|vo oi|chuyen da|can cuu ho gap|bi sat lo vui|khong muon song (?:nua|tiep)|muon chet quach|thu tuyet menh|chay (?:cho|quan|xuong|kho|phong tro) (?:roi|lon|to)|lua (?:lan|tap|bac) (?:sang|toi) nha|kill (?:my|him|her)self|don t want to live|end (?:my life|it tonight)|save us|mayday|trapped|drowning|on fire|heart attack|unconscious|not breathing|swept away|save us|help us|call (?:an )?ambulance|need (?:an )?ambulance|bleeding|sos)(?![a-z])/
const PERSON =
  '(?:nguoi|con toi|con em|con be|thang be|be|chau|em|ong|ba|me|cha|bo|vo|chong|anh|hoc sinh|tre|dua|bac|chu|ban|toi|hanh khach|uncle|man|child|boy|girl|woman|people)'
/** Somebody and what befalls them, a few words apart. */
const PERIL = new RegExp(
  `(?<![a-z])(?:${[
    `${PERSON}(?: [a-z]+){0,6} (?:bi )?(?:nuoc|song|lu|dong)(?: [a-z]+){0,2} (?:keo|cuon|xoay|nhan chim|troi)`,
    `${PERSON}(?: [a-z]+){0,5} (?:roi|rot|te|lot|nhay|truot chan|nga|truot) (?:[a-z]+ )?xuong (?:song|hoi|ao|gieng|ho|nuoc|suoi|bien|kenh|muong|cong)`,
    `${PERSON}(?: [a-z]+){0,5} (?:guc|do vat|nga quy|ngat|xiu|xui lo|sui bot mep|mat tim|tim tai|tim ngat|khong tinh|goi khong thua|nam bat dong|nam im|khong cu dong|lanh ngat|meo mieng|phong nang|bong nang|het tho|thoi thop)`,
    '(?:mau (?:chay|ra|me|tuon)|chay mau)(?: [a-z]+){0,2} (?:nhieu|qua|xoi|lam|khong cam)',
    `(?:sap|do|lo|lap|vui|de|chay|chim|khoi|lua|no|lat)(?: [a-z]+){0,12} (?:con (?:o |ket )?(?:ben )?trong|ben trong|o buong trong|mac ben trong|chua (?:ra|thoat)|de (?:len|trung|chet) ${PERSON}|khong thay ai ra)`,
    `con ${PERSON}(?: [a-z]+){0,3} (?:ben trong|o trong|trong do|trong nha chua ra)`,
    'hoc (?:xuong|hat|di vat|keo|vien)',
    '(?:pha|do) (?:ngoi|mai) (?:chui|thoat|leo|ra)',
    'khong biet boi|khong boi duoc',
    'nguoi(?: ta)? (?:bi )?troi(?: mat| roi)?|gieo minh|treo qua lan can',
    'nha (?:o|ba|ong|chu|bac|anh|hang xom|ben)(?: [a-z]+)? (?:dang |bi )?chay (?:roi|lon|to)',
    `(?:bam|om|treo|ket|mac|pha ngoi|chui|leo)(?: [a-z]+){0,5} (?:noc|mai|xa nha|xa ngang|cot nha|ngon cay|tren gac|gac tro|tren tra|giua dong)(?: [a-z]+){0,12}`,
    `(?:ngap|nuoc)(?: [a-z]+){0,4} (?:ngang nguoi|den can co|khong con cho (?:nao )?dung|trum noc|sap trum|ngap giuong|toi don tay|len gac)`,
    '(?:xin|can|cho) (?:[a-z]+ )?(?:ghe|xuong|thuyen|do|ca no|canoe|truc thang) (?:gap|cuu|don|toi cuu|den cuu|dua)',
    `(?:cho|goi|can|xin|gui) (?:[a-z]+ ){0,2}(?:xe cap cuu|cuu thuong|ambulance|chua chay|114|115)(?: [a-z]+){0,4} (?:gap|lien|voi|giup|gium|ngay|mau|di|den|toi)`,
    '(?:uong|nuot) (?:[a-z]+ ){0,2}(?:thuoc sau|thuoc co|thuoc tru sau|thuoc chuot|vi thuoc|thuoc ngu)',
    '(?:stuck|stranded) on the (?:roof|second floor|tree)',
    '(?:water|river)(?: [a-z]+){0,8} (?:chests?|necks?|cannot climb|send a boat)',
    '(?:hit by a|crashed|capsized|collapsed)(?: [a-z]+){0,8} (?:legs|person|people|unconscious|breathing|water)',
    '(?:fire|chay) (?:[a-z]+ ){0,3}(?:goi|call) (?:114|chua chay)',
  ].join('|')})(?![a-z])`,
)
/** It may happen, it nearly did, it is feared: no call yet. */
const MAYBE =
  /(?<![a-z])(?:so (?:co |tre|chau|nguoi|ai|sap|co ngay|nga)|suyt|coi chung|nguy co|de bi|lo co|neu co|khi co|hay co|thinh thoang|thang nao cung|bua truoc|hom truoc|tuan truoc|hom noi)(?![a-z])/
/** The same words about something else: a number to call, relief goods, a joke, the past, a rehearsal, a caller's story. */
const NOT_SOS =
  /(?<![a-z])(?:cuu tro|cuu doi|giai cuu|cuu net|cuu van|cuu thua|cuu bo|cuu roi|dien tap|tap huan|hoc boi|so cuu|dep qua|vi dep|xinh qua|day boi|phong chong|phong chay|deadline|bai tap|bai vo|do an|mon toan|mai thi|sale|phim|bai hat|bai tho|truyen|game|concert|tinh yeu|nguoi yeu|crush|hanh phuc|no nan|chung khoan|so may|so nao|so mo|so bao nhieu|goi ai|goi cho ai|goi so|xin so|cho so|chuyen tien|chuyen khoan|lua dao|co that khong|co thiet khong|cam on (?:doi|luc luong|cac|may|xa|da|vi)|biet on|doi on|cuu ma|hoi nho|hoi xua|ngay xua|nam 19\d\d|nam 99|nam ngoai|ke lai|ke chuyen|gia su|neu nhu|drowning in (?:work|emails?|homework|deadlines?|paper\w*)|lol|haha|hihi|da dap|da duoc cuu|an toan roi|cuu (?:giup |gium )?con (?:meo|cho)|cuu lua|hong nuoc cuu|tru nuoc cuu|bi hong|nam ngoai)(?![a-z])/
/** Frames that are denied, and being at a loss whom to call: nothing of what `NOT_SOS` means. */
const STILL_SOS =
  /(?<![a-z])(?:(?:khong|dau|chang|chua|ko) phai (?:la )?(?:phim|dien tap|dua|gion|noi choi|noi dua|tap huan|tin gia|tro dua)|(?:khong|ko|chang) biet (?:phai )?(?:goi|cau cuu|keu) (?:ai|so nao|cho ai|so may)|not a joke|no joke)(?![a-z])/g

/** Alone or stretched, it is a cry. */
const CRY = /^(?:(?:cuu+|ciu|kiu|sos|mayday|cap cuu|chay nha|chet duoi|sap nha)\s?)+$/
const LIKE_A_CODE = /\bhue-\w{2}/i

export type Certain = {
  /** Nothing but a cry. */
  cry: boolean
  sos: boolean
  /** The words speak of rescue, but of something else than a call for it. */
  notSos: boolean
  code?: 'track_report' | 'check_dossier'
}

export function certainOf(message: Normalised, entities: Entities): Certain {
  const text = message.common.join(' ')
  const notSos = NOT_SOS.test(text.replace(STILL_SOS, ' '))
  const cry = CRY.test(text)
  const sos = !notSos && (SOS.test(text) || (PERIL.test(text) && !MAYBE.test(text)))
  const hasCode = entities.incidentCodes !== undefined || LIKE_A_CODE.test(message.latin)
  const code =
    entities.dossierCodes !== undefined ? 'check_dossier' : hasCode ? 'track_report' : undefined
  return { cry, sos, notSos, ...(code === undefined ? {} : { code }) }
}
