import type { AreaKind } from './kinds.ts'

/**
 * How people write a kind before a name, without marks; the longest first. `marked` are the spellings that count when
 * the word carries marks ("xa" may be far, "xả" is another word). Single letters need the name right behind them.
 */
export const KIND_PHRASES: readonly {
  words: readonly string[]
  kind: AreaKind
  marked: readonly string[]
}[] = [
  { words: ['to', 'dan', 'pho'], kind: 'to_dan_pho', marked: ['tổ', 'dân', 'phố'] },
  { words: ['thi', 'tran'], kind: 'thi_tran', marked: ['thị', 'trấn'] },
  { words: ['thi', 'xa'], kind: 'thi_xa', marked: ['thị', 'xã'] },
  { words: ['tdp'], kind: 'to_dan_pho', marked: [] },
  { words: ['to'], kind: 'to_dan_pho', marked: ['tổ'] },
  { words: ['thon'], kind: 'thon', marked: ['thôn'] },
  { words: ['phuong'], kind: 'phuong', marked: ['phường'] },
  { words: ['xa'], kind: 'xa', marked: ['xã'] },
  { words: ['quan'], kind: 'quan', marked: ['quận'] },
  { words: ['huyen'], kind: 'huyen', marked: ['huyện'] },
  { words: ['tt'], kind: 'thi_tran', marked: [] },
  { words: ['tx'], kind: 'thi_xa', marked: [] },
  { words: ['ph'], kind: 'phuong', marked: [] },
  { words: ['p'], kind: 'phuong', marked: [] },
  { words: ['x'], kind: 'xa', marked: [] },
  { words: ['q'], kind: 'quan', marked: [] },
  { words: ['h'], kind: 'huyen', marked: [] },
]

/** Words after which a name is a place ("ở", "tại", "gần", "chợ"), without marks. */
export const PLACE_CUES: ReadonlySet<string> = new Set(
  'o tai ve tu qua gan den toi khu vung xom lang duong cho cau chua ga ubnd tram vuc'.split(' '),
)

/** Names that are also everyday words ("phong phú", "hồng thủy", "phòng ăn"): in a text they need a cue. */
export const EVERYDAY_WORDS: ReadonlySet<string> = new Set(
  [
    'phong phu,phong an,phong thu,phong hai,phong thai,phong hoa,phong son,phong thanh,phong binh',
    'phu gia,phu an,phu ho,phu hoi,phu son,phu da,phu hai,phu thuan,phu dien,an hoa,an tay,an dong',
    'quang vinh,quang loi,quang an,quang cong,quang phu,binh thanh,binh dien,binh tien,trung son',
    'hong ha,hong thuy,hong van,loc an,nam dong,truong an,tu ha,huong an,huong so,huong van,duc',
    'dong son,hai duong,vinh an,xuan phu,thuong long,gia hoi',
  ]
    .join(',')
    .split(','),
)

/** What may stand around a name when the whole query is one place. */
export const ADDRESS_WORDS: ReadonlySet<string> = new Set(
  'cu moi thanh pho tp hue tinh thua thien viet nam vn o tai thuoc nay la truoc day khu vuc ubnd'.split(
    ' ',
  ),
)
