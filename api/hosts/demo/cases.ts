import { UNIT_CODE } from './data.ts'
import type { DemoCase, Step } from './story.ts'

const agency = (slug: string) => `${UNIT_CODE}.${slug}`
const start = (afterHours: number): Step => ({ by: 'officer', afterHours, move: { kind: 'start' } })
const forward = (afterHours: number, slug: string): Step => ({
  by: 'dispatcher',
  afterHours,
  move: { kind: 'accept_and_assign', agency: agency(slug) },
})

/** The loudspeaker at one place: its third report is linked to the two before it. */
const SPEAKER = { category: 'noise', urgency: 'normal', hamlet: 'La Vân Hạ' } as const
const SPEAKER_AT: DemoCase['nudge'] = [-0.0006, 0.0007]

/** Oldest first, as ids grow: a repeat is linked to what came before it. */
export const CASES: readonly DemoCase[] = [
  {
    ...SPEAKER,
    id: 'speaker-first',
    description: 'Loa kéo hát tới 23 giờ ở bãi trống gần đình, ồn không ngủ được.',
    nudge: SPEAKER_AT,
    hoursAgo: 24 * 62,
    steps: [
      forward(4, 'cong-an'),
      start(12),
      {
        by: 'officer',
        afterHours: 60,
        move: {
          kind: 'answer',
          text: 'Công an xã đã tới nhắc nhở, nhóm hát đồng ý tắt loa trước 22 giờ.',
          proof: { noProofReason: 'Nhắc nhở bằng lời tại chỗ, không chụp ảnh người dân.' },
        },
      },
      {
        by: 'reporter',
        afterHours: 75,
        move: { kind: 'rate', rating: 4, comment: 'Mấy bữa ni yên rồi.' },
      },
    ],
  },
  {
    id: 'sinkhole',
    category: 'road',
    urgency: 'normal',
    description:
      'Đường bê tông trước trường học Thạch Bình sụt một hố sâu, học sinh đi xe đạp dễ ngã.',
    hamlet: 'Thạch Bình',
    nudge: [0.0007, -0.0006],
    hoursAgo: 24 * 38,
    scene: 'sinkhole',
    steps: [
      forward(3, 'kinh-te'),
      start(26),
      {
        by: 'officer',
        afterHours: 24 * 7,
        move: {
          kind: 'request_extension',
          note: 'Nền đường bị rỗng, phải đào kiểm tra cống ngang trước khi đổ bê tông.',
          days: 5,
        },
      },
      { by: 'approver', afterHours: 24 * 7 + 3, move: { kind: 'grant_extension', days: 5 } },
      {
        by: 'reporter',
        afterHours: 24 * 24,
        move: { kind: 'add', text: 'Hố rộng thêm rồi, tối qua có người vấp. Xã rào tạm giúp.' },
      },
      {
        by: 'dispatcher',
        afterHours: 24 * 25,
        move: { kind: 'note', text: 'Đã gọi Phòng Kinh tế: rào tạm trong ngày, hẹn lại lịch đổ.' },
      },
    ],
  },
  {
    ...SPEAKER,
    id: 'speaker-second',
    description: 'Loa kéo lại hát quá 22 giờ ở chỗ cũ gần đình.',
    nudge: SPEAKER_AT,
    hoursAgo: 24 * 34,
    steps: [
      forward(2, 'cong-an'),
      start(9),
      {
        by: 'officer',
        afterHours: 70,
        move: {
          kind: 'answer',
          text: 'Công an xã đã lập biên bản nhắc nhở, yêu cầu không dùng loa sau 22 giờ.',
          proof: {
            document: { number: 'Biên bản minh họa số 02', reference: 'Lưu tại Công an xã' },
          },
        },
      },
      {
        by: 'reporter',
        afterHours: 90,
        move: { kind: 'rate', rating: 3, comment: 'Mong xã theo dõi thêm.' },
      },
    ],
  },
  {
    id: 'tree',
    category: 'trees',
    urgency: 'normal',
    description: 'Cây bàng trước nhà văn hóa thôn Tân Xuân Lai nghiêng ra đường, gốc đã nứt đất.',
    hamlet: 'Tân Xuân Lai',
    nudge: [-0.0009, 0.0008],
    hoursAgo: 24 * 30,
    scene: 'tree',
    steps: [forward(7, 'kinh-te')],
  },
  {
    id: 'dump',
    category: 'waste',
    urgency: 'normal',
    description:
      'Bãi rác tự phát sau chợ Đông Xuyên, mưa xuống nước đen chảy ra đường, học sinh đi qua rất hôi.',
    hamlet: 'Đông Xuyên',
    nudge: [0.0009, 0.0004],
    hoursAgo: 24 * 12,
    scene: 'dumpBefore',
    steps: [
      forward(2, 'kinh-te'),
      start(20),
      {
        by: 'officer',
        afterHours: 96,
        move: {
          kind: 'answer',
          text: 'Tổ vệ sinh đã dọn sạch bãi rác, rắc vôi và trồng cây. Xã đặt hai thùng rác, thu gom thứ Ba và thứ Sáu hằng tuần.',
          proof: { scene: 'dumpAfter' },
        },
      },
      {
        by: 'reporter',
        afterHours: 110,
        move: { kind: 'rate', rating: 5, comment: 'Sạch rồi, cảm ơn xã.' },
      },
    ],
  },
  {
    ...SPEAKER,
    id: 'speaker',
    description:
      'Loa kéo hát quá 22 giờ gần đình, đây là lần 3 bà con phản ánh. Nhà có người già và trẻ nhỏ không ngủ được.',
    nudge: SPEAKER_AT,
    hoursAgo: 24 * 6,
    steps: [
      forward(3, 'cong-an'),
      start(10),
      {
        by: 'officer',
        afterHours: 30,
        move: {
          kind: 'answer',
          text: 'Công an xã đã nhắc nhở và lập biên bản cam kết không hát sau 22 giờ.',
          proof: { scene: 'paper' },
        },
      },
      {
        by: 'reporter',
        afterHours: 80,
        move: { kind: 'reopen', note: 'Tối qua vẫn hát tới 23 giờ, nhắc xong lại như cũ.' },
      },
    ],
  },
  {
    id: 'smoke',
    category: 'pollution',
    urgency: 'normal',
    description:
      'Khói đốt rơm dày đặc bên tỉnh lộ, xe chạy không thấy đường, nhà phải đóng hết cửa.',
    hamlet: 'Niêm Phò',
    nudge: [0.0012, -0.0008],
    hoursAgo: 24 * 4,
    scene: 'smoke',
    steps: [
      forward(1, 'kinh-te'),
      start(5),
      {
        by: 'officer',
        afterHours: 28,
        move: {
          kind: 'answer',
          text: 'Cán bộ đã tới hiện trường, lửa được dập. Xã vận động các hộ gom rơm làm nấm, không đốt bên đường.',
          proof: { scene: 'dumpAfter' },
        },
      },
    ],
  },
  {
    id: 'drain',
    category: 'drainage',
    urgency: 'normal',
    description: 'Cống Hà Đồ kẹt rác và bèo, nước không thoát, ruộng bên trong bắt đầu ngập.',
    hamlet: 'Hà Đồ',
    nudge: [0.0004, 0.0011],
    hoursAgo: 50,
    scene: 'drain',
    steps: [forward(4, 'kinh-te'), start(22)],
  },
  {
    id: 'lamp',
    category: 'lighting',
    urgency: 'normal',
    description: 'Đèn đường Mỹ Xá tắt ba đêm nay, đoạn cua gần trường học tối om.',
    hamlet: 'Mỹ Xá',
    nudge: [-0.0008, -0.0005],
    hoursAgo: 40,
    scene: 'lamp',
    steps: [forward(6, 'kinh-te')],
  },
  {
    id: 'border',
    category: 'other',
    urgency: 'normal',
    description: 'Hàng xóm xây tường lấn ranh đất nhà tôi nửa mét, nhờ xã xử giùm.',
    hamlet: 'Tân Xuân Lai',
    nudge: [0.0005, -0.0003],
    hoursAgo: 30,
    steps: [
      {
        by: 'dispatcher',
        afterHours: 5,
        move: {
          kind: 'refuse',
          reasonCode: 'judicial_or_civil',
          redirectTo: 'Bộ phận một cửa của xã: nộp đơn đề nghị hòa giải tranh chấp đất đai',
        },
      },
    ],
  },
  {
    id: 'insurance',
    category: 'health',
    urgency: 'normal',
    description: 'Thẻ bảo hiểm y tế của mạ tôi ghi sai ngày sinh, đi khám không được.',
    hamlet: 'Mỹ Xá',
    nudge: [0.0006, 0.0009],
    hoursAgo: 28,
    steps: [
      {
        by: 'dispatcher',
        afterHours: 3,
        move: {
          kind: 'refuse',
          reasonCode: 'other_channel',
          redirectTo: 'Cơ quan bảo hiểm xã hội nơi cấp thẻ, hoặc ứng dụng VssID',
        },
      },
    ],
  },
  {
    id: 'queue',
    category: 'public_service',
    urgency: 'normal',
    description: 'Sáng thứ Hai tôi chờ ở một cửa hơn hai giờ mà không thấy gọi số.',
    hamlet: 'Đông Xuyên',
    nudge: [-0.0004, -0.0009],
    hoursAgo: 26,
    steps: [
      forward(1, 'hanh-chinh-cong'),
      start(3),
      {
        by: 'officer',
        afterHours: 22,
        move: {
          kind: 'answer',
          text: 'Sáng đó máy gọi số hỏng. Trung tâm xin lỗi ông/bà; máy đã sửa, có người hướng dẫn ở cửa.',
          proof: { noProofReason: 'Việc phục vụ, không có hiện trường để chụp.' },
        },
      },
    ],
  },
  {
    id: 'pig',
    category: 'animals',
    urgency: 'normal',
    description: 'Heo chết trôi trên hói, mùi nặng lắm.',
    hamlet: 'Mai Dương',
    nudge: [0.0002, 0.0003],
    hoursAgo: 20,
    steps: [
      {
        by: 'dispatcher',
        afterHours: 2,
        move: {
          kind: 'ask_info',
          question: 'Ông/bà cho biết đoạn hói nào, gần cầu hay nhà ai, để tổ thú y tới đúng chỗ.',
        },
      },
    ],
  },
  {
    id: 'bank',
    category: 'flood',
    urgency: 'urgent',
    description: 'Sạt bờ sông Bồ sát vườn, mới lở thêm chừng 4 mét, nhà còn cách mép nước 6 mét.',
    hamlet: 'Phước Yên',
    nudge: [-0.0011, 0.0009],
    hoursAgo: 9,
    scene: 'bank',
    steps: [{ by: 'dispatcher', afterHours: 1, move: { kind: 'accept' } }],
  },
  {
    id: 'road',
    category: 'flood',
    urgency: 'urgent',
    description: 'Ngập 40 cm đường Phước Yên, đoạn trước đình, xe máy chết máy, nước đang lên.',
    hamlet: 'Phước Yên',
    nudge: [0.0006, 0.0002],
    hoursAgo: 2,
    scene: 'flood',
    steps: [],
  },
  {
    id: 'road-again',
    category: 'flood',
    urgency: 'normal',
    description: 'ngap o phuoc yen toi goi',
    hamlet: 'Phước Yên',
    nudge: [0.0007, 0.0001],
    hoursAgo: 1,
    steps: [
      { by: 'dispatcher', afterHours: 0.3, move: { kind: 'mark_duplicate', original: 'road' } },
    ],
  },
]
