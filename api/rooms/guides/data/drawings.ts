import type { DrawingName, Words } from '../schema.ts'
import { both } from './write.ts'

type Drawing = {
  /** Lines on a field of 96 by 72; `M … ` of an SVG path. */
  path: string
  alt: Words
}

const PHONE = 'M34 6h28a4 4 0 0 1 4 4v52a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4V10a4 4 0 0 1 4-4zM44 60h8'

/** Our own line drawings of the lessons, each with what it shows in words. */
export const DRAWING_DATA: Record<DrawingName, Drawing> = {
  air: {
    path: 'M16 58a32 32 0 0 1 64 0M48 58l16-20M44 58a4 4 0 1 0 8 0a4 4 0 1 0-8 0M24 40l6 4M48 26v8M72 40l-6 4',
    alt: both('Mặt đồng hồ đo với kim chỉ', 'A dial with its hand'),
  },
  bank: {
    path: 'M12 28L48 8l36 20zM20 28v28M36 28v28M60 28v28M76 28v28M10 62h76',
    alt: both('Ngân hàng có hàng cột', 'A bank with columns'),
  },
  bell: {
    path: 'M26 52c6-6 6-12 6-22a16 16 0 0 1 32 0c0 10 0 16 6 22zM42 58a6 6 0 0 0 12 0M48 14V8',
    alt: both('Cái chuông', 'A bell'),
  },
  box: {
    path: 'M16 22l32-14 32 14v30L48 66 16 52zM16 22l32 14 32-14M48 36v30M32 15l32 14',
    alt: both('Thùng hàng đã gói', 'A packed box'),
  },
  call: {
    path: 'M28 10l10 14-6 8c4 10 10 16 18 20l8-6 14 10c-2 8-8 10-14 10C38 64 20 44 18 24c0-8 4-12 10-14zM62 12a18 18 0 0 1 16 16M62 22a8 8 0 0 1 6 6',
    alt: both('Ống nghe điện thoại đang gọi', 'A telephone calling'),
  },
  camera: {
    path: 'M12 22h18l6-8h24l6 8h18v40H12zM34 42a14 14 0 1 0 28 0a14 14 0 1 0-28 0M74 30h4',
    alt: both('Máy ảnh', 'A camera'),
  },
  card: {
    path: 'M12 14h72v44H12zM22 46a10 10 0 0 1 20 0M26 30a6 6 0 1 0 12 0a6 6 0 1 0-12 0M52 28h22M52 38h22M52 48h14',
    alt: both('Thẻ căn cước có ảnh', 'An identity card with a photo'),
  },
  check: {
    path: 'M22 36a26 26 0 1 0 52 0a26 26 0 1 0-52 0M36 36l9 9 16-18',
    alt: both('Dấu đã xong', 'A tick in a circle'),
  },
  code: {
    path: 'M14 14h68v34H44L30 62V48H14zM28 31h2M40 31h2M52 31h2M64 31h2',
    alt: both('Tin nhắn có mã số', 'A message with a code'),
  },
  download: {
    path: `${PHONE}M48 16v26M38 34l10 10 10-10`,
    alt: both('Điện thoại với mũi tên tải về', 'A phone with a download arrow'),
  },
  form: {
    path: 'M24 6h36l14 14v46H24zM60 6v14h14M34 30h28M34 40h28M34 50h18',
    alt: both('Tờ giấy có các dòng để điền', 'A paper with lines to fill in'),
  },
  key: {
    path: 'M14 36a14 14 0 1 0 28 0a14 14 0 1 0-28 0M42 36h40M70 36v12M80 36v10',
    alt: both('Chìa khóa', 'A key'),
  },
  lock: {
    path: 'M26 32h44v32H26zM34 32V22a14 14 0 0 1 28 0v10M48 44v8',
    alt: both('Ổ khóa đang khóa', 'A closed lock'),
  },
  login: {
    path: 'M44 8h34v56H44M14 36h42M44 24l12 12-12 12',
    alt: both('Mũi tên đi vào cửa', 'An arrow into a door'),
  },
  people: {
    path: 'M22 26a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 60c0-12 8-20 19-20s19 8 19 20M56 26a9 9 0 1 0 18 0a9 9 0 1 0-18 0M56 42c3-2 6-2 9-2 11 0 19 8 19 20',
    alt: both('Hai người đứng cạnh nhau', 'Two people side by side'),
  },
  phone: { path: `${PHONE}M36 14h24v40H36z`, alt: both('Điện thoại đang mở', 'An open phone') },
  pin: {
    path: 'M48 66C34 48 26 38 26 28a22 22 0 0 1 44 0c0 10-8 20-22 38zM40 28a8 8 0 1 0 16 0a8 8 0 1 0-16 0',
    alt: both('Dấu vị trí trên bản đồ', 'A pin of a map'),
  },
  qr: {
    path: 'M18 8h20v20H18zM58 8h20v20H58zM18 44h20v20H18zM26 16h4v4h-4zM66 16h4v4h-4zM26 52h4v4h-4zM46 10v10M46 30h10M48 42h8v8M66 40h12M66 50v14M78 56v8M50 60h6',
    alt: both('Mã QR hình vuông', 'A square QR code'),
  },
  search: {
    path: 'M18 30a20 20 0 1 0 40 0a20 20 0 1 0-40 0M53 45l22 20',
    alt: both('Kính lúp tìm kiếm', 'A magnifying glass'),
  },
  shield: {
    path: 'M48 6l28 8v20c0 16-12 26-28 32-16-6-28-16-28-32V14zM36 34l9 9 16-17',
    alt: both('Tấm khiên che chở', 'A shield'),
  },
  shop: {
    path: 'M18 28v36h60V28M10 28l8-18h60l8 18a8 8 0 0 1-19 0a8 8 0 0 1-19 0a8 8 0 0 1-19 0a8 8 0 0 1-19 0M40 64V46h16v18',
    alt: both('Cửa hàng có mái che', 'A shop with an awning'),
  },
  wave: {
    path: 'M10 34q9-10 19 0t19 0t19 0t19 0M10 48q9-10 19 0t19 0t19 0t19 0M10 62q9-10 19 0t19 0t19 0t19 0M48 6v16M40 15l8 8 8-8',
    alt: both('Sóng nước và mũi tên', 'Waves of water with an arrow'),
  },
}

/** One drawing as a file of its own. Lines take no colour from the page: dark on white, for screen and paper. */
export const drawingSvg = (name: DrawingName): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 72" width="192" height="144"><rect width="96" height="72" rx="6" fill="#fff"/><path d="${DRAWING_DATA[name].path}" fill="none" stroke="#0b4f6c" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`
