/** Addresses outside `.gov.vn` that belong to whom they name; checked by hand, officials add others in the console. */
export const OFFICIAL_DOMAINS: readonly string[] = [
  'khonggianmang.vn',
  'tinnhiemmang.vn',
  'vietcombank.com.vn',
  'vietinbank.vn',
  'bidv.com.vn',
  'agribank.com.vn',
  'evn.com.vn',
  'cpc.vn',
  'vnpost.vn',
  ...['techcombank.com', 'vpbank.com.vn', 'sacombank.com.vn', 'mbbank.com.vn'],
  ...['viettel.vn', 'vinaphone.com.vn', 'vnpt.vn', 'mobifone.vn', 'csgt.vn'],
]

/** Emergency numbers, Hue-S, and the numbers that take reports of scam calls and messages. */
export const OFFICIAL_PHONES: readonly string[] = [
  ...['111', '112', '113', '114', '115'],
  ...['19001075', '156', '5656'],
]

/** Names that impostors put into addresses; a foreign address that holds one, or nearly one, is a look-alike. */
export const BRANDS: readonly string[] = [
  ...['dichvucong', 'vneid', 'vssid', 'etax', 'tongcucthue', 'bocongan', 'congan', 'canhsat'],
  ...['csgt', 'phatnguoi', 'hues', 'thuathienhue', 'huecity', 'baohiemxahoi', 'chinhphu'],
  ...['khonggianmang', 'vietcombank', 'vietinbank', 'agribank', 'bidv', 'techcombank'],
  ...[
    'mbbank',
    'sacombank',
    'vpbank',
    'dienluc',
    'evn',
    'vnpost',
    'viettel',
    'vinaphone',
    'mobifone',
  ],
]

/** Where a short address leads cannot be seen, and nothing is fetched. */
export const SHORTENERS: readonly string[] = [
  ...[
    'bit.ly',
    'tinyurl.com',
    't.co',
    'cutt.ly',
    'is.gd',
    'shorturl.at',
    'tiny.cc',
    'rb.gy',
    's.id',
    'by.com.vn',
  ],
]
