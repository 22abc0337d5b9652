import { both, fault, type LessonText, step } from './write.ts'

/** The phone, the apps of the city and of the state. */
export const PHONE_LESSONS: readonly LessonText[] = [
  {
    id: 'install-hue-s',
    title: both('Cài Hue-S và tạo tài khoản', 'Install Hue-S and make an account'),
    needs: both(
      'Điện thoại có mạng; SIM đứng tên ông/bà.',
      'A phone with internet; a SIM card in your own name.',
    ),
    minutes: 15,
    level: 'first',
    steps: [
      step(
        'shop',
        'Mở cửa hàng ứng dụng có sẵn trong máy: “App Store” hoặc “CH Play”.',
        'Open the app store that is on your phone: “App Store” or “Play Store”.',
      ),
      step('search', 'Gõ “Hue-S” vào ô tìm kiếm.', 'Type “Hue-S” into the search box.'),
      step(
        'download',
        'Bấm nút tải về: “Nhận” hoặc “Cài đặt”.',
        'Press the download button: “Get” or “Install”.',
      ),
      step('phone', 'Chờ tải xong rồi mở Hue-S.', 'Wait until it is there, then open Hue-S.'),
      step(
        'form',
        'Chọn đăng ký tài khoản, gõ số điện thoại của mình.',
        'Choose to register, type your own phone number.',
      ),
      step(
        'code',
        'Gõ mã vừa gửi về máy vào Hue-S, không đọc cho ai.',
        'Type the code sent to your phone into Hue-S; read it to nobody.',
      ),
      step(
        'key',
        'Đặt mật khẩu dài, khác mật khẩu ở nơi khác.',
        'Choose a long password that you use nowhere else.',
      ),
    ],
    faults: [
      fault(
        both('Mã không về', 'No code comes'),
        both(
          'Chờ vài phút, xem sóng điện thoại, rồi bấm gửi lại một lần.',
          'Wait a few minutes, check the signal, then ask for it once more.',
        ),
      ),
      fault(
        both('Máy báo đầy bộ nhớ', 'The phone says its memory is full'),
        both(
          'Xóa bớt ảnh, phim không dùng rồi cài lại.',
          'Delete photos and films that you do not need, then try again.',
        ),
      ),
    ],
    warning: both(
      'Không cài Hue-S từ đường dẫn ai đó gửi. Không ai được hỏi mã của ông/bà.',
      'Never install Hue-S from a link that somebody sent. Nobody may ask for your code.',
    ),
    keywords: [
      'tải hue s',
      'cài ứng dụng',
      'cài app',
      'tải app huế',
      'đăng ký tài khoản',
      'lập tài khoản',
      'tạo nick',
      'install app',
      'download',
      'create account',
      'sign up',
      'register',
    ],
  },
  {
    id: 'vneid-level-2',
    title: both('Kích hoạt định danh mức độ 2 trên VNeID', 'Activate VNeID level 2'),
    needs: both(
      'Thẻ căn cước (CCCD); SIM chính chủ; điện thoại có mạng.',
      'Your identity card; a SIM card in your own name; a phone with internet.',
    ),
    minutes: 30,
    level: 'second',
    steps: [
      step(
        'people',
        'Đến công an nơi làm căn cước, xin cấp định danh mức độ 2.',
        'Go to the police desk for identity cards, ask for level 2.',
      ),
      step(
        'card',
        'Đưa thẻ căn cước và số điện thoại chính chủ cho cán bộ.',
        'Give the officer your card and your own phone number.',
      ),
      step(
        'code',
        'Chờ tin nhắn báo đã được cấp định danh.',
        'Wait for the message that your identity is ready.',
      ),
      step(
        'download',
        'Cài “VNeID” từ App Store hoặc CH Play.',
        'Install “VNeID” from App Store or Play Store.',
      ),
      step(
        'form',
        'Mở VNeID, chọn kích hoạt, gõ số định danh và số điện thoại.',
        'Open VNeID, choose to activate, type your identity number and phone number.',
      ),
      step(
        'camera',
        'Làm theo màn hình để quét thẻ và chụp khuôn mặt.',
        'Follow the screen to scan the card and your face.',
      ),
      step(
        'key',
        'Đặt mật khẩu và mã bí mật, nhớ kỹ, không đưa ai.',
        'Set a password and a secret code; remember them, give them to nobody.',
      ),
    ],
    faults: [
      fault(
        both('Không quét được thẻ', 'The card cannot be scanned'),
        both(
          'Bỏ ốp lưng, áp thẻ sát lưng máy và giữ yên. Chưa được thì nhờ Tổ công nghệ số.',
          'Take off the phone cover and hold the card still against its back. Else ask the digital team.',
        ),
      ),
      fault(
        both('Máy báo chưa được cấp định danh', 'It says that you have no identity yet'),
        both(
          'Hỏi lại công an nơi ông/bà đã làm căn cước.',
          'Ask at the police desk where your card was made.',
        ),
      ),
    ],
    warning: both(
      'Công an không gọi điện hay gọi video để “cập nhật mức 2”. Ai gọi như vậy là giả, cúp máy ngay.',
      'Police never phone or video-call to “update level 2”. Whoever does is a fraud: hang up.',
    ),
    keywords: [
      'vneid',
      'định danh điện tử',
      'mức 2',
      'mức độ 2',
      'căn cước điện tử',
      'cccd',
      'kích hoạt định danh',
      'electronic identity',
      'level two',
    ],
  },
  {
    id: 'strong-password',
    title: both('Đặt mật khẩu chắc và giữ tài khoản', 'A strong password and a safe account'),
    needs: both('Điện thoại; một cuốn sổ cất ở nhà.', 'A phone; a notebook kept at home.'),
    minutes: 10,
    level: 'first',
    steps: [
      step(
        'key',
        'Nghĩ một câu dài dễ nhớ, ít nhất 12 chữ.',
        'Think of a long sentence you remember, at least 12 letters.',
      ),
      step(
        'key',
        'Mỗi tài khoản quan trọng dùng một mật khẩu khác nhau.',
        'Use another password for each account that matters.',
      ),
      step(
        'lock',
        'Vào “Cài đặt” của ứng dụng, tìm mục bảo mật.',
        'Go to “Settings” of the app, find security.',
      ),
      step(
        'shield',
        'Bật xác thực hai lớp (hai bước) cho tài khoản.',
        'Turn on two-step verification for the account.',
      ),
      step(
        'lock',
        'Khóa màn hình điện thoại bằng mã hoặc vân tay.',
        'Lock the phone’s screen with a code or a finger.',
      ),
      step(
        'phone',
        'Sao lưu ảnh và danh bạ trong phần cài đặt của máy.',
        'Back up photos and contacts in the phone’s settings.',
      ),
    ],
    faults: [
      fault(
        both('Quên mật khẩu', 'The password is forgotten'),
        both(
          'Bấm “Quên mật khẩu” ngay trong ứng dụng. Không nhờ người lạ lấy lại.',
          'Press “Forgot password” in the app itself. Ask no stranger to recover it.',
        ),
      ),
      fault(
        both('Nghi bị chiếm tài khoản', 'Somebody may be in your account'),
        both(
          'Đổi mật khẩu ngay, đăng xuất khỏi mọi thiết bị, báo cho người thân.',
          'Change the password at once, sign out everywhere, tell your family.',
        ),
      ),
    ],
    warning: both(
      'Không dùng ngày sinh hay số điện thoại làm mật khẩu. Không đọc mật khẩu, mã OTP cho ai.',
      'Do not use a birthday or phone number. Read passwords and one-time codes to nobody.',
    ),
    keywords: [
      'mật khẩu',
      'quên mật khẩu',
      'pass',
      'hai lớp',
      'hai bước',
      'bị hack',
      'mất nick',
      'mất facebook',
      'khóa màn hình',
      'sao lưu',
      'password',
      'two step',
      'backup',
      'hacked',
    ],
  },
]
