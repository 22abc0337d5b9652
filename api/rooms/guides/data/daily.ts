import { both, fault, type LessonText, step } from './write.ts'

/** Floods, air, money, fraud, and selling. */
export const DAILY_LESSONS: readonly LessonText[] = [
  {
    id: 'flood-alerts',
    title: both('Nhận cảnh báo lũ trên điện thoại', 'Get flood warnings on your phone'),
    needs: both(
      'Điện thoại có mạng; biết tên thôn mình ở.',
      'A phone with internet; your hamlet’s name.',
    ),
    minutes: 5,
    level: 'first',
    steps: [
      step('wave', 'Mở Loa, vào mục cảnh báo.', 'Open Loa, go to warnings.'),
      step('bell', 'Chọn nhận tin về lũ, bão.', 'Choose messages about floods and storms.'),
      step('pin', 'Chọn xã và thôn của mình.', 'Choose your commune and hamlet.'),
      step('check', 'Đồng ý nhận tin rồi lưu lại.', 'Agree to get messages, then save.'),
      step(
        'phone',
        'Để điện thoại có chuông và sạc đầy khi có mưa lớn.',
        'Keep the sound on and the phone charged in heavy rain.',
      ),
      step(
        'wave',
        'Khi có tin, đọc phần “làm gì” trước.',
        'When one comes, read first what to do.',
      ),
    ],
    faults: [
      fault(
        both('Không thấy tin báo', 'No message comes'),
        both(
          'Vào cài đặt điện thoại, cho phép ứng dụng gửi thông báo.',
          'In the phone’s settings allow the app to notify you.',
        ),
      ),
      fault(
        both('Mất mạng khi lũ', 'The network is down in a flood'),
        both(
          'Nghe loa thôn và đài phát thanh. Cần cứu thì gọi 112.',
          'Listen to the hamlet’s loudspeaker and the radio. For rescue call 112.',
        ),
      ),
    ],
    warning: both(
      'Chỉ tin cảnh báo có tên cơ quan ban hành. Không chia sẻ tin lũ chưa rõ nguồn.',
      'Trust only warnings that name who issued them. Do not pass on others.',
    ),
    keywords: [
      'báo lũ',
      'cảnh báo lụt',
      'tin bão',
      'nhận tin lũ',
      'thông báo lũ',
      'nước lên báo',
      'flood warning',
      'storm alert',
      'notifications',
    ],
  },
  {
    id: 'read-air-quality',
    title: both('Đọc chỉ số không khí (AQI)', 'Read the air quality index'),
    needs: both('Điện thoại có mạng.', 'A phone with internet.'),
    minutes: 5,
    level: 'first',
    steps: [
      step('air', 'Mở Loa, hỏi “không khí hôm nay”.', 'Open Loa, ask for today’s air.'),
      step('pin', 'Xem trạm đo ở gần nơi mình nhất.', 'See which station is nearest to you.'),
      step('air', 'Đọc con số: từ 0 đến 50 là tốt.', 'Read the figure: 0 to 50 is good.'),
      step(
        'air',
        'Từ 51 đến 100 là trung bình, trên 100 là kém dần.',
        '51 to 100 is moderate, above 100 grows worse.',
      ),
      step(
        'search',
        'Xem giờ đo: số cũ thì chưa tin vội.',
        'See the time: an old figure tells little.',
      ),
      step(
        'shield',
        'Trên 100, người già, trẻ nhỏ, người bệnh bớt ra ngoài.',
        'Above 100 the old, small children and the ill stay in more.',
      ),
    ],
    faults: [
      fault(
        both('Trạm báo mất tín hiệu', 'The station gives no signal'),
        both('Xem trạm khác hoặc chờ giờ sau.', 'See another station or wait an hour.'),
      ),
    ],
    warning: both(
      'Chỉ số Việt Nam (VN_AQI) khác thang của Mỹ. Đừng so hai con số với nhau.',
      'The Vietnamese index (VN_AQI) is not the American one. Do not compare them.',
    ),
    keywords: [
      'aqi',
      'không khí',
      'chỉ số không khí',
      'bụi mịn',
      'ô nhiễm không khí',
      'con số không khí',
      'air quality',
      'dust index',
      'pollution number',
    ],
  },
  {
    id: 'qr-payment',
    title: both('Quét QR và dùng ví cho an toàn', 'Pay by QR code safely'),
    needs: both(
      'Ứng dụng ngân hàng hoặc ví của chính mình; có mạng.',
      'The app of your own bank or wallet; internet.',
    ),
    minutes: 10,
    level: 'second',
    steps: [
      step(
        'bank',
        'Mở ứng dụng ngân hàng hoặc ví của mình.',
        'Open the app of your bank or wallet.',
      ),
      step('qr', 'Bấm nút quét QR trong ứng dụng đó.', 'Press the QR scanner in that app.'),
      step(
        'qr',
        'Đưa máy vào mã ở quầy, không quét mã gửi qua tin nhắn.',
        'Scan the code at the counter, none from a message.',
      ),
      step(
        'people',
        'Đọc to tên người nhận, hỏi lại người bán.',
        'Read the name aloud, ask the seller.',
      ),
      step('form', 'Gõ số tiền, đếm lại các số 0.', 'Type the amount, count the zeros.'),
      step(
        'code',
        'Gõ mã xác nhận chỉ trong ứng dụng ngân hàng.',
        'Type the confirmation code in the bank’s app only.',
      ),
      step(
        'check',
        'Chờ màn hình báo thành công rồi mới đi.',
        'Wait until the screen says it is done.',
      ),
    ],
    faults: [
      fault(
        both('Chuyển nhầm người', 'The money went to the wrong person'),
        both(
          'Gọi ngay số in sau thẻ ngân hàng. Giữ lại ảnh giao dịch.',
          'Call the number on the back of your bank card at once. Keep a picture of the transfer.',
        ),
      ),
      fault(
        both('Máy không quét được', 'The code is not read'),
        both('Lau ống kính, đến chỗ sáng hơn.', 'Wipe the lens, find more light.'),
      ),
    ],
    warning: both(
      'Nhận tiền không bao giờ cần quét QR hay đọc OTP.',
      'To receive money you never scan a code nor read out a one-time code.',
    ),
    keywords: [
      'quét qr',
      'mã qr',
      'chuyển khoản',
      'ví điện tử',
      'trả tiền bằng điện thoại',
      'quẹt mã',
      'ngân hàng',
      'không tiền mặt',
      'chuyển nhầm',
      'scan to pay',
      'wallet',
      'bank transfer',
    ],
  },
  {
    id: 'avoid-scams',
    title: both('Nhận ra và tránh lừa đảo', 'Recognise and avoid scams'),
    needs: both('Không cần gì, chỉ cần bình tĩnh.', 'Nothing but calm.'),
    minutes: 10,
    level: 'first',
    steps: [
      step(
        'call',
        'Ai gọi giục chuyển tiền hay dọa bắt: cúp máy.',
        'Whoever urges you to pay or threatens you: hang up.',
      ),
      step(
        'people',
        'Nói với người nhà trước khi làm gì.',
        'Speak with your family before you do anything.',
      ),
      step(
        'call',
        'Tự tìm số chính thức rồi gọi lại hỏi.',
        'Find the official number yourself and call back.',
      ),
      step(
        'shield',
        'Không bấm đường dẫn lạ trong tin nhắn.',
        'Do not press strange links in messages.',
      ),
      step(
        'download',
        'Không cài ứng dụng người lạ bảo cài.',
        'Install no app that a stranger tells you to.',
      ),
      step('code', 'Không đọc mã OTP, mật khẩu cho ai.', 'Read codes and passwords to nobody.'),
      step(
        'bell',
        'Bị lừa thì báo ngân hàng và công an ngay.',
        'If you were cheated tell the bank and police at once.',
      ),
    ],
    faults: [
      fault(
        both('Đã lỡ chuyển tiền', 'You have already paid'),
        both(
          'Gọi ngân hàng xin khóa ngay, rồi gọi 113. Giữ lại tin nhắn, số tài khoản.',
          'Call the bank to stop it, then 113. Keep the messages and account numbers.',
        ),
      ),
      fault(
        both('Đã lỡ cài ứng dụng lạ', 'You have installed a strange app'),
        both(
          'Tắt mạng, tắt máy, nhờ máy khác gọi ngân hàng khóa tài khoản.',
          'Turn off the network and the phone; call the bank from another phone.',
        ),
      ),
    ],
    warning: both(
      'Công an không điều tra qua điện thoại. Không có “phạt nguội” trả qua đường dẫn trong tin nhắn.',
      'Police never investigate by phone. No traffic fine is paid by a link in a message.',
    ),
    keywords: [
      'lừa đảo',
      'bị lừa',
      'giả danh công an',
      'cuộc gọi lạ',
      'dọa bắt',
      'phạt nguội',
      'việc nhẹ lương cao',
      'deepfake',
      'shipper giả',
      'otp',
      'khóa sim',
      'link lạ',
      'scam',
      'fraud',
      'fake police',
      'cheated',
    ],
  },
  {
    id: 'sell-online',
    title: both('Bán trà rau má trên sàn', 'Sell pennywort tea online'),
    needs: both(
      'Hàng có nhãn, giấy tờ theo quy định; căn cước; tài khoản ngân hàng.',
      'Labelled goods with the papers required; identity card; bank account.',
    ),
    minutes: 45,
    level: 'third',
    steps: [
      step(
        'shop',
        'Chọn một sàn thương mại điện tử có tiếng.',
        'Choose a well-known online market.',
      ),
      step(
        'download',
        'Cài ứng dụng của sàn từ App Store hoặc CH Play.',
        'Install its app from App Store or Play Store.',
      ),
      step(
        'form',
        'Đăng ký tài khoản người bán bằng tên thật.',
        'Register as a seller under your real name.',
      ),
      step(
        'camera',
        'Chụp gói trà ban ngày, nền sạch, thấy rõ nhãn.',
        'Photograph the tea by day, clean background, label in view.',
      ),
      step(
        'form',
        'Viết khối lượng, ngày làm, hạn dùng, cách pha.',
        'Write weight, date made, best before, how to brew.',
      ),
      step(
        'bank',
        'Đặt giá gồm cả tiền gói hàng và phí sàn.',
        'Set a price that covers packing and the market’s fee.',
      ),
      step(
        'box',
        'Có đơn thì gói kín, chống ẩm, dán mã đơn.',
        'Pack each order tight and dry; stick its code on.',
      ),
      step('bell', 'Trả lời khách sớm, lịch sự.', 'Answer customers early and politely.'),
    ],
    faults: [
      fault(
        both('Khách trả hàng', 'A customer sends goods back'),
        both(
          'Xem lý do trong đơn, chụp lại hàng, trả lời qua sàn.',
          'Read the reason, photograph the goods, answer through the market.',
        ),
      ),
      fault(
        both('Người mua rủ giao dịch ngoài sàn', 'A buyer wants to deal elsewhere'),
        both('Từ chối, chỉ nhận tiền qua sàn.', 'Refuse; take money through the market only.'),
      ),
    ],
    warning: both(
      'Không nộp tiền “mở gian hàng” cho người lạ. Không ghi công dụng chữa bệnh.',
      'Pay no stranger to “open a shop”. Do not claim that tea heals.',
    ),
    keywords: [
      'bán hàng online',
      'bán trên mạng',
      'rau má',
      'mở gian hàng',
      'sàn thương mại',
      'bán trà',
      'shopee',
      'nông sản',
      'đăng bán',
      'sell online',
      'online shop',
      'tea',
      'ecommerce',
    ],
  },
]
