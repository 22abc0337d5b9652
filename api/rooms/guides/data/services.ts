import { both, fault, type LessonText, step } from './write.ts'

/** What one asks of the administration. */
export const SERVICE_LESSONS: readonly LessonText[] = [
  {
    id: 'send-report',
    title: both('Gửi phản ánh cho rõ', 'Send a clear report'),
    needs: both('Điện thoại chụp được ảnh; có mạng.', 'A phone that takes photos; internet.'),
    minutes: 5,
    level: 'first',
    steps: [
      step('form', 'Mở Loa, bấm “Gửi phản ánh”.', 'Open Loa, press “Send a report”.'),
      step(
        'camera',
        'Chụp một ảnh xa thấy rõ chỗ, một ảnh gần thấy rõ việc.',
        'Take one photo from afar that shows the place, one near.',
      ),
      step(
        'people',
        'Tránh chụp mặt người, biển số xe, số nhà người khác.',
        'Keep faces, number plates and others’ house numbers out.',
      ),
      step(
        'pin',
        'Chọn thôn hoặc bấm gửi vị trí nơi xảy ra việc.',
        'Choose the hamlet or send the place where it is.',
      ),
      step(
        'form',
        'Viết ngắn: việc gì, ở đâu, từ lúc nào.',
        'Write briefly: what, where, since when.',
      ),
      step('check', 'Xem lại một lần rồi bấm gửi.', 'Read it once more, then send.'),
      step(
        'search',
        'Giữ mã phản ánh để xem việc tới đâu.',
        'Keep the code of the report to see how it goes.',
      ),
    ],
    faults: [
      fault(
        both('Ảnh không gửi được', 'A photo does not go'),
        both(
          'Cứ gửi lời trước, ảnh gửi sau khi có mạng mạnh hơn.',
          'Send the words first, the photo later with a better signal.',
        ),
      ),
    ],
    warning: both(
      'Có người gặp nguy hiểm thì gọi 112, 114 hoặc 115 ngay, đừng chỉ gửi phản ánh.',
      'When somebody is in danger call 112, 114 or 115; do not only send a report.',
    ),
    keywords: [
      'phản ánh',
      'báo sự cố',
      'báo đèn hư',
      'báo rác',
      'báo đường hỏng',
      'chụp ảnh gửi xã',
      'mã phản ánh',
      'report a problem',
      'send photo',
      'complain broken',
    ],
  },
  {
    id: 'check-dossier',
    title: both('Tra cứu hồ sơ đã nộp', 'See how a dossier stands'),
    needs: both(
      'Giấy hẹn có mã hồ sơ; điện thoại có mạng.',
      'The receipt with the dossier code; a phone with internet.',
    ),
    minutes: 5,
    level: 'first',
    steps: [
      step(
        'form',
        'Tìm mã hồ sơ trên giấy hẹn: dãy bắt đầu bằng “000”.',
        'Find the code on the receipt: it begins with “000”.',
      ),
      step('search', 'Mở Loa, bấm “Tra cứu hồ sơ”.', 'Open Loa, press the look-up of dossiers.'),
      step('form', 'Gõ mã hồ sơ hoặc quét mã QR trên giấy.', 'Type the code or scan its QR code.'),
      step(
        'check',
        'Đọc trạng thái và ngày hẹn trả kết quả.',
        'Read how it stands and the day of the result.',
      ),
      step(
        'bell',
        'Bấm theo dõi để được báo khi hồ sơ có tin mới.',
        'Choose to follow it and you hear when something is new.',
      ),
    ],
    faults: [
      fault(
        both('Không tìm thấy mã', 'The code is not found'),
        both(
          'So lại từng số với giấy hẹn. Hồ sơ mới nộp có khi chiều mới có.',
          'Compare each digit with the receipt. A new one may come in the afternoon.',
        ),
      ),
      fault(
        both('Quá ngày hẹn chưa có kết quả', 'The day has passed'),
        both(
          'Mang giấy hẹn đến Trung tâm Phục vụ hành chính công để hỏi.',
          'Take the receipt to the one-stop centre and ask.',
        ),
      ),
    ],
    warning: both(
      'Không gửi ảnh giấy hẹn lên nhóm chung. Không ai thu tiền để “đẩy nhanh” hồ sơ.',
      'Do not post the receipt in groups. Nobody may take money to speed a dossier up.',
    ),
    keywords: [
      'tra hồ sơ',
      'xem hồ sơ',
      'hồ sơ tới đâu',
      'hồ sơ xong chưa',
      'mã hồ sơ',
      'giấy hẹn',
      'giấy biên nhận',
      'theo dõi hồ sơ',
      'track dossier',
      'application status',
    ],
  },
  {
    id: 'sign-in-portal',
    title: both(
      'Đăng nhập Cổng Dịch vụ công quốc gia',
      'Sign in to the National Public Service Portal',
    ),
    needs: both(
      'VNeID đã có định danh mức độ 2; điện thoại có mạng.',
      'VNeID with level 2; a phone with internet.',
    ),
    minutes: 10,
    level: 'second',
    steps: [
      step(
        'phone',
        'Mở trình duyệt, tự gõ “dichvucong.gov.vn”.',
        'Open the browser, type “dichvucong.gov.vn” yourself.',
      ),
      step(
        'shield',
        'Nhìn lại địa chỉ: phải kết thúc bằng “.gov.vn”.',
        'Look at the address: it must end in “.gov.vn”.',
      ),
      step(
        'login',
        'Bấm “Đăng nhập”, chọn tài khoản VNeID.',
        'Press “Đăng nhập” (sign in), choose VNeID.',
      ),
      step(
        'form',
        'Gõ số định danh và mật khẩu VNeID của mình.',
        'Type your identity number and VNeID password.',
      ),
      step(
        'code',
        'Xác nhận trên ứng dụng VNeID hoặc gõ mã vừa nhận.',
        'Confirm in the VNeID app, or type the code you received.',
      ),
      step('check', 'Thấy tên mình là đã đăng nhập.', 'When you see your name you are signed in.'),
      step(
        'lock',
        'Dùng máy chung thì đăng xuất khi xong.',
        'On a shared device sign out afterwards.',
      ),
    ],
    faults: [
      fault(
        both('Sai mật khẩu', 'Wrong password'),
        both(
          'Mở ứng dụng VNeID, bấm “Quên mật khẩu”. Đừng thử quá nhiều lần.',
          'Open the VNeID app, press “Forgot password”. Do not try too often.',
        ),
      ),
      fault(
        both('Trang không mở', 'The page does not open'),
        both('Thử lại sau, hoặc đổi sang mạng khác.', 'Try later, or with another network.'),
      ),
    ],
    warning: both(
      'Trang giả hay có tên gần giống. Không đăng nhập từ đường dẫn trong tin nhắn.',
      'Fake pages have similar names. Never sign in from a link in a message.',
    ),
    keywords: [
      'dịch vụ công',
      'dichvucong',
      'cổng quốc gia',
      'vào cổng',
      'đăng nhập dịch vụ công',
      'login portal',
      'public service portal',
      'sign in',
    ],
  },
  {
    id: 'submit-dossier',
    title: both('Nộp hồ sơ trực tuyến và thanh toán', 'Submit a dossier online and pay'),
    needs: both(
      'Tài khoản Cổng Dịch vụ công; ảnh rõ các giấy tờ; tài khoản ngân hàng nếu có phí.',
      'An account of the portal; clear photos of your papers; a bank account if there is a fee.',
    ),
    minutes: 30,
    level: 'second',
    steps: [
      step(
        'login',
        'Đăng nhập “dichvucong.gov.vn” bằng VNeID.',
        'Sign in to “dichvucong.gov.vn” with VNeID.',
      ),
      step('search', 'Tìm tên thủ tục cần làm.', 'Search for the procedure you need.'),
      step(
        'pin',
        'Chọn đúng xã hoặc phường sẽ giải quyết.',
        'Choose the commune or ward that handles it.',
      ),
      step(
        'form',
        'Bấm “Nộp trực tuyến” và điền từng ô.',
        'Press “Nộp trực tuyến” (submit online), fill in each field.',
      ),
      step(
        'camera',
        'Chụp giấy tờ đủ bốn góc, không lóa, rồi đính kèm.',
        'Photograph papers with all four corners, no glare; attach them.',
      ),
      step(
        'check',
        'Xem lại tên, ngày sinh, số định danh.',
        'Check name, birthday and identity number.',
      ),
      step(
        'bank',
        'Nếu có phí, trả ngay trên Cổng, không chuyển cho cá nhân.',
        'Pay a fee on the portal itself, never to a person.',
      ),
      step('form', 'Ghi lại mã hồ sơ để theo dõi.', 'Write down the dossier code.'),
    ],
    faults: [
      fault(
        both('Tệp quá nặng', 'A file is too large'),
        both('Chụp lại ảnh nhỏ hơn rồi đính kèm.', 'Take a smaller photo and attach it.'),
      ),
      fault(
        both('Đã trừ tiền mà chưa báo xong', 'Money is gone, nothing is confirmed'),
        both(
          'Không trả lần hai. Giữ ảnh màn hình, hỏi Trung tâm Phục vụ hành chính công.',
          'Do not pay twice. Keep a picture of the screen, ask the one-stop centre.',
        ),
      ),
    ],
    warning: both(
      'Phí, lệ phí nhà nước không chuyển vào tài khoản mang tên một người.',
      'State fees never go to an account in a person’s name.',
    ),
    keywords: [
      'nộp hồ sơ',
      'nộp trực tuyến',
      'làm giấy tờ qua mạng',
      'nộp qua mạng',
      'trả phí',
      'lệ phí',
      'nộp online',
      'thanh toán hồ sơ',
      'submit online',
      'pay the fee',
      'apply online',
    ],
  },
]
