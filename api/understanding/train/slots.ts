import { newPublicCode } from '../../core/ids.ts'
import { CONCEPT_ROWS } from '../data/concepts.ts'
import { BRIDGES, HAMLETS, MARKETS, STREETS } from '../data/places.ts'
import type { Dice } from './random.ts'

const list = (text: string): readonly string[] => text.split('|').map((item) => item.trim())

const UNITS = list(
  'Quảng Điền|Quảng Thọ|Sịa|Quảng Phước|Quảng An|Đan Điền|Kim Long|Vỹ Dạ|Thuận Hóa|Hương An|Thủy Xuân|An Cựu|Phong Điền|Phong Thái|Thuận An|Dương Nỗ|Phú Hồ|Mỹ Thượng|Phú Vang|Phú Vinh|Phú Bài|Thanh Thủy|Hương Thủy|Hương Trà|Hóa Châu|Kim Trà|Bình Điền|A Lưới|Phú Lộc|Vinh Lộc|Hưng Lộc|Lăng Cô|Khe Tre|Nam Đông|Tây Lộc|Phú Hậu|Gia Hội|Hương Sơ|An Đông|Xuân Phú|Phú Nhuận|Trường An|Hương Long|Hương Toàn|Hương Vinh|Quảng Thành|Quảng Lợi|Phong An|Tứ Hạ',
)
const LANDMARKS = list(
  'trường tiểu học|trường mầm non|trạm y tế|ủy ban xã|nhà văn hóa thôn|đình làng|chùa|nhà thờ|cây xăng|bến xe|ngã ba|ngã tư|cổng chào|nghĩa trang|sân bóng|bến đò|trạm bơm|bờ đê|quán cà phê|chợ|bưu điện|Tỉnh lộ 11B|QL1A|quốc lộ 1|Đập Đá|bệnh viện',
)
const ENGLISH_PLACES = list(
  'near the market|on Le Loi street|in Phuoc Yen village|in front of my house|near the bridge|next to the school|at alley 15 Dong Da|in our neighbourhood|near Dong Ba market|in Kim Long ward|here|on my street|behind the church',
)
const NUMBERS = list('1|2|3|4|5|7|8|9|10|12|15|18|21|27|34|42|56|63|78|93|105|124|207')
const alley = (d: Dice) =>
  d.pick([`${d.below(200) + 1}`, `${d.below(60) + 1}/${d.below(30) + 1}`, `${d.below(300) + 1}`])

const bare = (d: Dice): string =>
  d.pick<() => string>([
    () => `thôn ${d.pick(HAMLETS)}`,
    () => d.pick(HAMLETS),
    () => `xã ${d.pick(UNITS)}`,
    () => `phường ${d.pick(UNITS)}`,
    () => d.pick(UNITS),
    () => `đường ${d.pick(STREETS)}`,
    () => d.pick(STREETS),
    () => `kiệt ${alley(d)} ${d.pick(STREETS)}`,
    () => `${d.pick(NUMBERS)} ${d.pick(STREETS)}`,
    () => `cầu ${d.pick(BRIDGES)}`,
    () => `chợ ${d.pick(MARKETS)}`,
    () => d.pick(LANDMARKS),
    () => `tổ ${d.below(20) + 1} phường ${d.pick(UNITS)}`,
  ])()

const place = (d: Dice): string =>
  d.pick<() => string>([
    () => `ở ${bare(d)}`,
    () => `ở ${bare(d)}`,
    () => `tại ${bare(d)}`,
    () => bare(d),
    () => `gần ${d.pick(LANDMARKS)}`,
    () => `trước ${d.pick(LANDMARKS)}`,
    () => `đoạn ${bare(d)}`,
    () =>
      d.pick(
        list(
          'trước nhà tôi|trước nhà tui|ở xóm tui|chỗ tui|ngay đầu kiệt|trong kiệt|ngoài đường|đầu thôn|sau nhà|ở đây|ở khu tôi|đầu ngõ|bên hông chợ|ngoài đồng|dưới chân cầu|ngay khúc cua',
        ),
      ),
    () => '',
    () => '',
  ])()

const dossier = (d: Dice): string => {
  const two = (n: number) => `${n}`.padStart(2, '0')
  const date = `${d.pick(['24', '25', '26'])}${two(d.below(12) + 1)}${two(d.below(28) + 1)}`
  const number = `${d.below(900) + 1}`.padStart(4, '0')
  const unit = d.chance(0.5)
    ? `000.${two(d.below(30))}.${two(d.below(40))}.H57`
    : `H57.${d.below(60) + 1}`
  const code = `${unit}-${date}-${number}`
  return d.pick([
    code,
    code,
    code.toLowerCase(),
    code.replaceAll('-', ' '),
    code.replaceAll('.', ''),
  ])
}

const incident = (d: Dice): string => {
  const code = newPublicCode((n) => Uint8Array.from({ length: n }, () => d.below(232)))
  return d.pick([
    code,
    code,
    code.toLowerCase(),
    code.replaceAll('-', ' '),
    code.replaceAll('-', ''),
  ])
}

const PAPERS = list(
  'giấy khai sinh|khai sinh|giấy chứng tử|khai tử|đăng ký kết hôn|giấy độc thân|xác nhận tình trạng hôn nhân|căn cước|thẻ căn cước|CCCD|hộ chiếu|tạm trú|đăng ký tạm trú|thường trú|tách hộ khẩu|sổ đỏ|bìa đỏ|giấy chứng nhận quyền sử dụng đất|chuyển nhượng đất|tách thửa|sang tên đất|giấy phép xây dựng|phép xây nhà|giấy phép kinh doanh|hộ kinh doanh|trợ cấp người cao tuổi|trợ cấp khuyết tật|trợ cấp xã hội|mai táng phí|lý lịch tư pháp|bảo hiểm y tế|thẻ bảo hiểm y tế cho con|chứng thực|sao y|chế độ người có công|giấy xác nhận hộ nghèo|bằng lái xe|giấy ủy quyền|trích lục khai sinh|thẻ khuyết tật|giấy xác nhận cư trú|chuyển mục đích sử dụng đất|nhận con nuôi|cải chính hộ tịch|đăng ký xe',
)

const KIN = list(
  'mẹ tui|mạ tui|ba tui|ông nội|bà nội|bà ngoại|mệ tui|ôn tui|mệ|ôn|o tui|dì em|cậu tôi|vợ tôi|chồng em|con em|con gái tui|thằng cu nhà em|em trai em|chị dâu|bà hàng xóm|ông cụ bên nhà|cụ Tám|cô giáo|bạn em|bé nhà em|cháu nội|anh thợ|chú bảo vệ|một ông khách|người ta|một người đàn ông|một chị|hai đứa nhỏ|bố tôi|mẹ chồng|con dâu|đứa cháu|cha già|má em|bà con bên ni|ông hàng xóm|em gái|cụ bà|bé gái 5 tuổi|thằng bé',
)
const FRAIL = list(
  'nằm liệt|liệt hai chân|già yếu|bị tai biến|không đi được|ở một mình|đang bệnh|sốt cao|bầu 8 tháng|mới sinh|mới mổ|mù hai mắt|bị lẫn|đi xe lăn|chạy thận|không biết bơi|còn đỏ hỏn|mới 3 tháng tuổi|run lập cập|đói lả|kẹt trong buồng|chưa ra được|khóc quá trời|đuối sức|phải thở oxy|huyết áp cao|ngoài 80|sắp sinh|bị thương ở chân|sợ lắm rồi',
)
const HIGH = list(
  'trên gác|trên gác xép|trên mái|trên mái tôn|trên nóc nhà|trên tra|trên tủ|trên bàn thờ|trên nóc chuồng heo|trên cây xoài|trên nóc xe|trên tầng hai|trên giường tầng|trên xà nhà|trên trần|trên bờ tường|trên gò mả|trên lầu|trên nóc bếp|trên đống rơm|trên cầu thang|trên cái phản kê cao|trên ngọn tre',
)
const RISE = list(
  'nước sắp ngập tới nóc|nước đã quá cửa sổ|nước liếm mép gác|nước vô ào ào|nước lên từng phút|nước còn cách mái hai gang|nước ngập bàn thờ|nước tới cổ|nước tới ngực rồi|nước lên giường rồi|nước ngập ngang bụng mà còn lên|nước chảy xiết lắm|nước dâng nhanh quá|nước bao vây bốn phía|nước lút đầu người|nước ngập nóc bếp|nác lên tới gác|nước vô tới gác|nước tới mái rồi|nước ngập hết tầng một|nước đen ngòm quanh nhà|nước lũ tràn về|nước cuốn trôi cái bếp|lũ lên quá nhanh|nước đã ngập đầu giường|nước lên ngang cửa sổ',
)
const PLEA = list(
  'cứu với|cứu tui với|cứu nhà em với|mau mau với|cho ghe tới giùm|xin xuồng|ai có ghe không|đội cứu hộ ơi|gọi không ai bắt máy|giúp gia đình em với|cứu mạng|làm ơn cứu với|bà con ơi cứu|mấy chú ơi cứu tụi con|tới gấp với|xin cứu hộ gấp|cần người tới ngay|nhờ gọi cấp cứu giùm|lẹ lên giùm|help em với|chịu hết nổi rồi|ai cứu tụi em với|khẩn cấp|không kịp nữa rồi|trời ơi cứu',
)
const HURT = list(
  'ngất xỉu|bất tỉnh|co giật|khó thở|tím tái|gọi không tỉnh|không thở|ôm ngực ngã xuống|méo miệng|liệt nửa người|nôn ra máu|sốc|chảy máu không cầm|sốt cao co giật|gọi không thưa|lả đi|mê man|gãy chân hở xương|bị điện giật|bị xe cán|bị bỏng nặng|nằm bất động|đau ngực dữ dội|thở thoi thóp|vỡ đầu chảy máu|đứt lìa ngón tay|trợn mắt sùi bọt mép|hôn mê|ra máu nhiều|ngưng thở|sặc cháo tím mặt|ngã cầu thang không dậy được|lịm dần|đột quỵ|tụt đường ngất|tự tử',
)
const PAST = list(
  'năm 99|năm ngoái|năm 2020|hồi nhỏ|hồi xưa|hồi lụt năm nọ|mấy chục năm trước|đợt lũ trước|lâu rồi|hồi còn đi học|hồi tui 6 tuổi|trận lụt lịch sử|mùa lụt năm kia|ngày xưa|thời ôn nội|năm Thìn|hồi mới cưới|tháng trước',
)
const JEST_PLEA = list(
  'cứu với|cứu tui|cứu em|sos|sos sos|help|help me|cứu net|khẩn cấp|cứu mạng|cấp cứu|ai cứu tui|cứu bồ|cứu gấp|trời ơi cứu|chết tui rồi|xỉu|toang rồi|tới công chuyện|xong đời tui',
)

/** What stands in braces in the training texts. */
export const SLOTS: Readonly<Record<string, (d: Dice) => string>> = {
  place,
  bare,
  bridge: (d) => d.pick(BRIDGES),
  market: (d) => d.pick(MARKETS),
  street: (d) => d.pick(STREETS),
  alley,
  num: (d) => d.pick(NUMBERS),
  num1: (d) => `${d.below(5) + 2}`,
  since: (d) =>
    d.pick(
      list(
        '|||mấy bữa ni|mấy ngày nay|từ tối qua|hồi sáng|từ sáng tới giờ|cả tuần nay|cả tháng nay|3 ngày rồi|hai hôm nay|từ hôm qua|lâu lắm rồi|mấy tháng rồi|từ đợt lụt tới chừ|hơn 1 tuần|tối ni|đêm qua|bữa trước tới chừ|2 ngày r|hoài|từ 15h30',
      ),
    ),
  depth: (d) =>
    d.pick(
      list(
        '40 phân|nửa mét|tới gối|ngang gối|đầu gối|gần 1 mét|30cm|hai tấc|tới mắt cá|nửa bánh xe|tới ống chân|20 phân|ngang bắp chân|3 tấc|hơn nửa mét|sâu lắm|tới pô xe|gần tới yên xe',
      ),
    ),
  deep: (d) =>
    d.pick(
      list(
        'cổ|ngực|mái nhà|nóc nhà|1m5|hơn 1 mét rưỡi|lút đầu|vai|gần mái|trần nhà|2 mét|cằm|nóc|mái|1m8|quá đầu',
      ),
    ),
  mark: (d) =>
    d.pick(
      list('gối|giường|bụng|mắt cá|nửa nhà|bàn thờ|cửa sổ|đầu gối|mép giường|thềm|bậc thềm|đùi'),
    ),
  people: (d) =>
    d.pick(
      list(
        '3 người|4 người|cả nhà 5 người|hai mẹ con|2 đứa nhỏ|hai ông bà già|6 người có 2 trẻ em|có bà bầu|mẹ già với hai con nhỏ|7 người|3 bà cháu|cụ già 80 tuổi|em bé 2 tháng|hai vợ chồng già|5 khẩu|mấy mẹ con|nhà 4 người',
      ),
    ),
  kin: (d) => d.pick(KIN),
  frail: (d) => d.pick(FRAIL),
  high: (d) => d.pick(HIGH),
  rise: (d) => d.pick(RISE),
  plea: (d) => d.pick(PLEA),
  hurt: (d) => d.pick(HURT),
  past: (d) => d.pick(PAST),
  jestplea: (d) => d.pick(JEST_PLEA),
  ...Object.fromEntries(
    Object.entries(CONCEPT_ROWS).map(([name, phrases]) => [
      `c_${name}`,
      (d: Dice) => d.pick(phrases),
    ]),
  ),
  code: incident,
  dossier,
  paper: (d) => d.pick(PAPERS),
  paperen: (d) =>
    d.pick(
      list(
        'a birth certificate|a passport|an id card|a building permit|a land certificate|a business licence|temporary residence|marriage registration|a death certificate|health insurance',
      ),
    ),
  date: (d) =>
    d.pick([`${d.below(28) + 1}/${d.below(12) + 1}`, `${d.below(28) + 1}/${d.below(12) + 1}/2026`]),
  hour: (d) => d.pick(list('8h|9 giờ|2 giờ chiều|14h30|7h30|10h')),
  phone: (d) => `0${d.pick(list('35|79|90|91|98|88|70'))}${1_000_000 + d.below(8_999_999)}`,
  url: (d) =>
    d.pick(
      list(
        'http://vneid-gov.top/abc|https://dichvucong-vn.xyz|bit.ly/3xYz|http://hue-s.info/phat|dichvucong.gov.vn.login.com|https://nhanqua.top',
      ),
    ),
}

/** For sentences in English, where a Vietnamese slot would stand out. */
export const ENGLISH_SLOTS: Readonly<Record<string, (d: Dice) => string>> = {
  ...SLOTS,
  place: (d) => (d.chance(0.3) ? '' : d.pick(ENGLISH_PLACES)),
  since: (d) =>
    d.pick(list('||since yesterday|for three days|since last night|this morning|for a week')),
  depth: (d) => d.pick(list('knee deep|waist deep|about half a metre|ankle deep|40 cm')),
  deep: (d) => d.pick(list('neck|chest|roof')),
  people: (d) => d.pick(list('4 people|two kids|five of us|my grandmother|3 adults and a baby')),
  bare: (d) =>
    d.pick(
      list('the market|Le Loi street|the school|Kim Long|the bridge|Sia market|Dong Ba|the river'),
    ),
}
