export type CalendarDayKind = 'holiday' | 'compensation' | 'swap_off' | 'swap_work'

export type CalendarDay = {
  date: string
  kind: CalendarDayKind
  nameVi: string
  nameEn: string
  source: string
  confirmed: boolean
}

/** Source of every 2027 row: the law fixes how many days, the government had not yet announced which. */
export const ESTIMATE = 'Bộ luật Lao động 2019, Điều 111 và 112; lịch nghỉ 2027 chưa công bố'

const TB_9441 = 'Thông báo 9441/TB-BNV'
const CV_12729 = 'Công văn 12729/VPCP'
const LABOUR_CODE = 'Bộ luật Lao động 2019, Điều 111 và 112'

const day =
  (source: string, confirmed: boolean) =>
  (date: string, kind: CalendarDayKind, nameVi: string, nameEn: string): CalendarDay => ({
    date,
    kind,
    nameVi,
    nameEn,
    source,
    confirmed,
  })
const announced = day(TB_9441, true)
const statutory = day(LABOUR_CODE, true)
const estimated = day(ESTIMATE, false)

const TET = ['Tết Nguyên đán', 'Lunar New Year'] as const

/**
 * Days that differ from a plain Monday-to-Friday week, for civil servants. A swap of 23 and 28/11/2026 was only
 * proposed and is not here. Tết 2027 (mùng 1 = Sat 06/02, tháng Chạp has 29 days) is modelled as 29 Chạp to mùng 4
 * with the two weekend days made up; the announced days may be others within 04–12/02.
 */
export const CALENDAR_DAYS: readonly CalendarDay[] = [
  statutory('2026-01-01', 'holiday', 'Tết Dương lịch', "New Year's Day"),
  day(CV_12729, true)('2026-01-02', 'swap_off', 'Nghỉ hoán đổi', 'Day off in exchange'),
  day(CV_12729, true)('2026-01-10', 'swap_work', 'Làm bù cho 02/01', 'Working Saturday for 2 Jan'),
  announced('2026-02-16', 'holiday', ...TET),
  announced('2026-02-17', 'holiday', ...TET),
  announced('2026-02-18', 'holiday', ...TET),
  announced('2026-02-19', 'holiday', ...TET),
  announced('2026-02-20', 'holiday', ...TET),
  statutory('2026-04-26', 'holiday', 'Giỗ Tổ Hùng Vương', "Hùng Kings' Day"),
  statutory('2026-04-27', 'compensation', 'Nghỉ bù Giỗ Tổ', "For Hùng Kings' Day"),
  statutory('2026-04-30', 'holiday', 'Ngày Chiến thắng', 'Reunification Day'),
  statutory('2026-05-01', 'holiday', 'Ngày Quốc tế Lao động', 'Labour Day'),
  announced('2026-08-22', 'swap_work', 'Làm bù cho 31/08', 'Working Saturday for 31 Aug'),
  announced('2026-08-31', 'swap_off', 'Nghỉ hoán đổi', 'Day off in exchange'),
  announced('2026-09-01', 'holiday', 'Quốc khánh', 'National Day'),
  announced('2026-09-02', 'holiday', 'Quốc khánh', 'National Day'),
  day('Nghị quyết 28/2026/QH16', true)(
    '2026-11-24',
    'holiday',
    'Ngày Văn hóa Việt Nam',
    'Vietnam Culture Day',
  ),

  estimated('2027-01-01', 'holiday', 'Tết Dương lịch', "New Year's Day"),
  estimated('2027-02-05', 'holiday', ...TET),
  estimated('2027-02-06', 'holiday', ...TET),
  estimated('2027-02-07', 'holiday', ...TET),
  estimated('2027-02-08', 'holiday', ...TET),
  estimated('2027-02-09', 'holiday', ...TET),
  estimated('2027-02-10', 'compensation', 'Nghỉ bù Tết', 'For Lunar New Year'),
  estimated('2027-02-11', 'compensation', 'Nghỉ bù Tết', 'For Lunar New Year'),
  estimated('2027-04-16', 'holiday', 'Giỗ Tổ Hùng Vương', "Hùng Kings' Day"),
  estimated('2027-04-30', 'holiday', 'Ngày Chiến thắng', 'Reunification Day'),
  estimated('2027-05-01', 'holiday', 'Ngày Quốc tế Lao động', 'Labour Day'),
  estimated('2027-05-03', 'compensation', 'Nghỉ bù 01/05', 'For Labour Day'),
  estimated('2027-09-02', 'holiday', 'Quốc khánh', 'National Day'),
  estimated('2027-09-03', 'holiday', 'Quốc khánh', 'National Day'),
  estimated('2027-11-24', 'holiday', 'Ngày Văn hóa Việt Nam', 'Vietnam Culture Day'),
]
