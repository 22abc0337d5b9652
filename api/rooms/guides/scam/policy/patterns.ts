import { fold } from '../../../../core/text.ts'

/** How known frauds speak, without tone marks; all expressions of one must be found. */
const MONEY =
  /chuyen (?:tien|khoan)|nop (?:tien|phat|phi)|dong (?:tien|phi|coc)|dat coc|thanh toan|ck\b|transfer|pay\b|send money|fee/
const LINK =
  /link|duong dan|https?:|bam vao|truy cap|click|\.(?:com|net|top|xyz|vip|cc|info|online|site|icu)\b/
const POLICE =
  /cong an|canh sat|vien kiem sat|toa an|dieu tra vien|bo quoc phong|\bpolice\b|prosecutor|\bcourt\b/

export const PATTERNS = {
  fake_police: [
    POLICE,
    /lenh bat|rua tien|ma tuy|vu an|duong day|dieu tra|khoi to|triet pha|dinh danh|vneid|video call|goi video|ket ban zalo|bi mat|phong toa|arrest|launder|tai khoan/,
    /chuyen|goi|zalo|cai|tai|link|app|bi mat|cung cap|phoi hop|khai bao|bat giam|dien thoai|transfer|call|install/,
  ],
  otp: [
    /(?<!khong (?:\w+ ){0,4})(?:doc|gui|cung cap|nhap|chup|cho (?:em|anh|minh|toi)|dua|noi|send|share|tell|read)\b.{0,30}(?:otp|ma xac (?:nhan|thuc|minh)|ma pin|mat khau|cvv|ma so bi mat|passcode|\bpin\b)/,
  ],
  strange_app: [
    /\b(?:cai|tai|install|download)\b/,
    /\bapp\b|ung dung|apk|phan mem|teamviewer|anydesk|ultraview/,
    /link|duong dan|zalo gui|gui qua|em gui|toi gui|ngoai ch|\bapk\b|teamviewer|anydesk|ultraview|file/,
  ],
  sim_lock: [
    /\bsim\b|thue bao|so dien thoai cua/,
    /khoa (?:sim|so|mot|hai|1|2|thue|chieu)|bi khoa|cat lien lac|khoa trong|will be locked|se khoa|ngung lien lac/,
  ],
  electricity: [
    /dien luc|tien dien|\bevn\b|hop dong dien|electricity/,
    /cat dien|ngung cung cap|bi cat|be cut|hoan tien|khuyen mai/,
    new RegExp(`${MONEY.source}|${LINK.source}|zalo`),
  ],
  prize: [
    /trung thuong|trung giai|qua tri an|tang qua|nhan qua|phan qua|you (?:have )?won|prize|trung (?:xe|iphone)/,
    new RegExp(`${MONEY.source}|${LINK.source}|phi|zalo|cung cap|nhan ngay`),
  ],
  easy_job: [
    /viec nhe|luong cao|lam tai nha|cong tac vien|lam nhiem vu|like video|tha tim|chot don|viec lam online|easy job|work from home|kiem .{0,12}moi ngay|thu nhap .{0,20}ngay/,
    /hoa hong|luong|nap|thu nhap|zalo|telegram|trieu|ngan|\dk\b|commission|earn|coc/,
  ],
  parcel: [
    /shipper|giao hang|buu pham|buu kien|don hang|kien hang|hai quan|parcel|customs/,
    new RegExp(
      `chuyen khoan|phi (?:hai quan|van chuyen|ship|thue|nhan)|dong (?:thue|phi)|${LINK.source}|customs fee|hoi vien`,
    ),
  ],
  relative_hurt: [
    /cap cuu|tai nan|nhap vien|mo gap|benh vien|bi bat|accident|hospital/,
    /chuyen (?:tien|khoan)|vien phi|dong tien|send money|transfer/,
    /\bcon\b|chau|\bme\b|\bba\b|hoc sinh|thay giao|co giao|nguoi nha|con trai|con gai|\bson\b|daughter|bo me/,
  ],
  investment: [
    /dau tu|san (?:forex|giao dich|tien ao|vang|chung khoan)|tien ao|bitcoin|invest|crypto/,
    /loi nhuan|cam ket|lai|nhan doi|x2|bao lo|chuyen gia|nhom|guarantee|profit|return/,
  ],
  loan: [
    /vay (?:tien|von|nhanh|online)|khoan vay|giai ngan|duyet vay|ho so vay|\bloan\b/,
    /phi|coc|bao hiem|no xau|khong the chap|dong truoc|fee|chi can/,
  ],
  traffic_fine: [
    /phat nguoi|vi pham giao thong|phat giao thong|\bioc\b|csgt|traffic fine/,
    new RegExp(`${LINK.source}|${MONEY.source}|zalo|bam phim|phim \\d|cung cap`),
  ],
  account_locked: [
    /tai khoan|the (?:tin dung|ngan hang|atm)|vi dien tu|\baccount\b|vssid|vneid/,
    /bi khoa|tam khoa|bi phong toa|thiet bi la|dang nhap la|het han|bat thuong|locked|suspended|xac minh|nang cap|nang han muc/,
    new RegExp(`${LINK.source}|cung cap|otp|mat khau|zalo`),
  ],
  money_back: [
    /lay lai (?:tien|duoc tien)|thu hoi (?:tien|von)|hoan (?:lai )?tien|recover.{0,20}money/,
    /bi lua|luat su|treo|phi|lua dao|\bscam|lost|da mat/,
  ],
  wrong_transfer: [
    /chuyen (?:tien |khoan )?nham|transferred by mistake/,
    /tra lai|hoan|gui lai|chuyen lai|lai suat|vay|return/,
  ],
  secrecy: [
    /giu bi mat|khong duoc (?:noi|ke|cho ai)|dung (?:noi|ke) (?:cho|voi) ai|tuyet doi khong noi|tell nobody|do not tell/,
  ],
} as const satisfies Record<string, readonly RegExp[]>
export type PatternCode = keyof typeof PATTERNS

/** Which known frauds a message sounds like. */
export function readPatterns(text: string): PatternCode[] {
  const folded = fold(text)
  return (Object.keys(PATTERNS) as PatternCode[]).filter((code) =>
    PATTERNS[code].every((one) => one.test(folded)),
  )
}
