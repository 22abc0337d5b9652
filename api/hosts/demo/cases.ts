import type { CreateIncident, OfficialMove } from '../../rooms/incidents/index.ts'
import { UNIT_CODE } from './data.ts'
import type { Scene } from './pictures.ts'

/** One step of a case's story: who did it, how many hours after the report. */
export type Step =
  | { by: 'dispatcher'; afterHours: number; move: { kind: 'accept' } }
  | {
      by: 'dispatcher'
      afterHours: number
      move: { kind: 'accept_and_assign' | 'assign'; agency: string }
    }
  | { by: 'dispatcher'; afterHours: number; move: Extract<OfficialMove, { kind: 'refuse' }> }
  | { by: 'dispatcher'; afterHours: number; move: { kind: 'ask_info'; question: string } }
  | { by: 'dispatcher'; afterHours: number; move: { kind: 'mark_duplicate'; original: string } }
  | { by: 'officer'; afterHours: number; move: { kind: 'start' } }
  | { by: 'officer'; afterHours: number; move: { kind: 'answer'; text: string; scene: Scene } }
  | { by: 'reporter'; afterHours: number; move: { kind: 'rate'; rating: number; comment: string } }
  | { by: 'reporter'; afterHours: number; move: { kind: 'reopen'; note: string } }

export type DemoCase = {
  /** Name inside this file, for duplicates. */
  id: string
  category: CreateIncident['category']
  urgency: 'normal' | 'urgent'
  description: string
  hamlet: string
  /** Beside the hamlet's middle, so that points do not lie on each other. */
  nudge: [lng: number, lat: number]
  hoursAgo: number
  scene?: Scene
  steps: readonly Step[]
}

const agency = (slug: string) => `${UNIT_CODE}.${slug}`
const start = (afterHours: number): Step => ({ by: 'officer', afterHours, move: { kind: 'start' } })
const forward = (afterHours: number, slug: string): Step => ({
  by: 'dispatcher',
  afterHours,
  move: { kind: 'accept_and_assign', agency: agency(slug) },
})

/** Oldest first. */
export const CASES: readonly DemoCase[] = [
  {
    id: 'speaker-1',
    category: 'noise',
    urgency: 'normal',
    description: 'Loa kéo hát quá 22 giờ gần đình La Vân Hạ, đêm nào cũng ồn.',
    hamlet: 'La Vân Hạ',
    nudge: [-0.0006, 0.0007],
    hoursAgo: 24 * 48,
    steps: [
      forward(3, 'cong-an'),
      start(10),
      {
        by: 'officer',
        afterHours: 40,
        move: {
          kind: 'answer',
          text: 'Công an xã đã tới nhắc nhở chủ loa tắt sau 22 giờ.',
          scene: 'paper',
        },
      },
      {
        by: 'reporter',
        afterHours: 60,
        move: { kind: 'rate', rating: 4, comment: 'Có nhắc, đỡ ồn.' },
      },
    ],
  },
  {
    id: 'speaker-2',
    category: 'noise',
    urgency: 'normal',
    description: 'Loa kéo gần đình lại hát khuya, quá 23 giờ mới nghỉ.',
    hamlet: 'La Vân Hạ',
    nudge: [-0.0006, 0.0007],
    hoursAgo: 24 * 21,
    steps: [
      forward(3, 'cong-an'),
      start(10),
      {
        by: 'officer',
        afterHours: 40,
        move: {
          kind: 'answer',
          text: 'Công an xã đã làm việc với chủ loa lần hai, chủ loa hứa không hát sau 22 giờ.',
          scene: 'paper',
        },
      },
      {
        by: 'reporter',
        afterHours: 60,
        move: { kind: 'rate', rating: 2, comment: 'Được mấy hôm rồi lại hát.' },
      },
    ],
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
          scene: 'dumpAfter',
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
    id: 'speaker',
    category: 'noise',
    urgency: 'normal',
    description:
      'Loa kéo hát quá 22 giờ gần đình, đây là lần 3 bà con phản ánh. Nhà có người già và trẻ nhỏ không ngủ được.',
    hamlet: 'La Vân Hạ',
    nudge: [-0.0006, 0.0007],
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
          scene: 'paper',
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
          scene: 'dumpAfter',
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
        move: { kind: 'refuse', reasonCode: 'judicial_or_civil' },
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
