import type { Ctx } from '../../context.ts'
import { addDays, localDate, localInstant } from '../../core/time.ts'
import { draftNotice, moveNotice, type NoticeInput, sendDue } from '../../rooms/notices/index.ts'
import { UNIT_CODE } from './data.ts'
import type { OfficialActor } from './walk.ts'

const AUTHOR = 'dieuphoi'
const APPROVER = 'duyet'
const HOUR_MS = 3_600_000

type Story = Pick<
  NoticeInput,
  'kind' | 'titleVi' | 'titleEn' | 'bodyVi' | 'bodyEn' | 'documentNo'
> & {
  /** Hours from now until it is over. */
  endsInHours: number
  event?: { inDays: number; from: string; to: string; place: string }
}

const STORIES: readonly Story[] = [
  {
    kind: 'notices',
    titleVi: 'Cảnh giác giả danh công an yêu cầu cập nhật VNeID',
    titleEn: 'Beware of callers who pretend to be police and ask you to update VNeID',
    bodyVi:
      'Công an không hướng dẫn cài ứng dụng qua điện thoại. Nhận cuộc gọi như vậy, ông/bà tắt máy, không bấm liên kết, không đọc mã, rồi gọi Công an xã để hỏi.',
    bodyEn:
      'The police never guide you to install an app by phone. On such a call hang up, open no link, read out no code, and ask the commune police.',
    documentNo: '112/TB-CAX',
    endsInHours: 24 * 30,
  },
  {
    kind: 'guides',
    titleVi: 'Lớp bình dân học vụ số tại {noi}',
    titleEn: 'Digital skills class at {noi}',
    bodyVi:
      'Lớp học dùng điện thoại mở từ {tu} đến {den} tại {noi}, không thu tiền. Ông/bà mang theo điện thoại; ai chưa có điện thoại vẫn đến học được.',
    bodyEn:
      'A class on using a phone is held from {tu} to {den} at {noi}, free of charge. Please bring your phone; those without one are welcome too.',
    documentNo: '118/TB-UBND',
    endsInHours: 24 * 6,
    event: { inDays: 4, from: '19:00', to: '21:00', place: 'Nhà văn hóa thôn Niêm Phò' },
  },
  {
    kind: 'utilities',
    titleVi: 'Tạm ngừng cấp nước tại {noi}',
    titleEn: 'Water cut at {noi}',
    bodyVi: 'Nước máy tạm ngừng từ {tu} đến {den} tại {noi}. Ông/bà trữ đủ nước dùng trước giờ đó.',
    bodyEn: 'Tap water is off from {tu} to {den} at {noi}. Please store enough before.',
    documentNo: '121/TB-UBND',
    endsInHours: 48,
    event: { inDays: 1, from: '08:00', to: '16:00', place: 'tổ dân phố Thạch Bình' },
  },
]

function eventOf(now: Date, { inDays, from, to, place }: NonNullable<Story['event']>) {
  const day = addDays(localDate(now), inDays)
  const at = (hhmm: string) => localInstant(day, hhmm).toISOString()
  return { startAt: at(from), endAt: at(to), place }
}

/** Notices of the demo commune, written by one official, released by another, and sent. */
export async function seedNotices(
  ctx: Ctx,
  actors: ReadonlyMap<string, OfficialActor>,
): Promise<void> {
  const [author, approver] = [actors.get(AUTHOR), actors.get(APPROVER)]
  if (author === undefined || approver === undefined) throw new Error('nobody writes in the demo')
  const at = (hours: number) => new Date(ctx.now().getTime() + hours * HOUR_MS).toISOString()
  for (const { endsInHours, event, ...words } of STORIES) {
    const { id } = await draftNotice(
      { ...ctx, actor: author },
      {
        ...words,
        unitCode: UNIT_CODE,
        issuer: 'UBND xã Quảng Điền',
        signer: 'Phan Đình Khôi',
        area: { places: [{ unitCode: UNIT_CODE }] },
        event: event === undefined ? null : eventOf(ctx.now(), event),
        expiresAt: at(endsInHours),
      },
    )
    await moveNotice({ ...ctx, actor: author }, { id, move: 'propose', version: 1 })
    await moveNotice({ ...ctx, actor: approver }, { id, move: 'release', version: 2 })
  }
  await sendDue(ctx)
}
