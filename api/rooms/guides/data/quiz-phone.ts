import { ask } from './write.ts'

/** The phone, accounts, and who wants to cheat. */
export const PHONE_QUIZ = {
  'install-hue-s': [
    ask(
      ['Nên cài Hue-S từ đâu?', 'Where should Hue-S be installed from?'],
      [
        ['Đường dẫn trong tin nhắn lạ', 'A link in a strange message'],
        ['App Store hoặc CH Play', 'App Store or Play Store'],
        ['Tệp người lạ gửi qua Zalo', 'A file from a stranger'],
      ],
      1,
      [
        'Ứng dụng thật chỉ có trên App Store và CH Play. Tệp gửi qua tin nhắn hay là ứng dụng giả.',
        'The real app is only in App Store and Play Store. Files sent in messages are often fakes.',
      ],
    ),
    ask(
      ['Mã vừa gửi về máy thì làm gì?', 'What do you do with the code you just got?'],
      [
        ['Tự gõ vào Hue-S', 'Type it into Hue-S yourself'],
        ['Đọc cho người gọi đến', 'Read it to a caller'],
        ['Gửi vào nhóm để hỏi', 'Send it to a group to ask'],
      ],
      0,
      [
        'Mã này mở tài khoản của ông/bà. Ai có mã thì vào được tài khoản.',
        'This code opens your account. Whoever has it can get in.',
      ],
    ),
    ask(
      ['Đăng ký bằng số điện thoại nào?', 'Which phone number do you register with?'],
      [
        ['Số của người quen', 'That of somebody you know'],
        ['Số đứng tên mình', 'The one in your own name'],
        ['Số nào cũng được', 'Any number'],
      ],
      1,
      [
        'Mã xác nhận và câu trả lời đều về số này. Số đứng tên mình thì không ai lấy mất.',
        'Codes and answers come to this number. If it is in your name, nobody can take it away.',
      ],
    ),
  ],
  'vneid-level-2': [
    ask(
      ['Muốn có định danh mức độ 2 phải làm gì?', 'How do you get level 2?'],
      [
        ['Đến công an làm trực tiếp', 'Go to the police in person'],
        ['Làm qua cuộc gọi video', 'By a video call'],
        ['Nhờ người trên mạng làm hộ', 'Ask somebody online'],
      ],
      0,
      [
        'Mức độ 2 cần lấy vân tay và chụp ảnh tại công an. Không ai làm được từ xa.',
        'Level 2 needs fingerprints and a photo taken by the police. Nobody can do it from afar.',
      ],
    ),
    ask(
      [
        'Có người gọi bảo cập nhật định danh qua mạng, làm gì?',
        'A caller wants you to update your identity online. What do you do?',
      ],
      [
        ['Làm theo cho xong', 'Do as they say'],
        ['Cho họ số căn cước', 'Give your identity number'],
        ['Cúp máy, hỏi công an xã', 'Hang up and ask the commune’s police'],
      ],
      2,
      [
        'Công an không làm định danh qua điện thoại. Đây là kiểu lừa hay gặp.',
        'The police never do this by phone. It is a common fraud.',
      ],
    ),
    ask(
      [
        'Làm định danh mức độ 2 có phải trả tiền cho người gọi không?',
        'Do you pay a caller for level 2?',
      ],
      [
        ['Có, trả trước', 'Yes, in advance'],
        ['Không', 'No'],
        ['Tùy người', 'It depends'],
      ],
      1,
      [
        'Không ai được thu tiền qua điện thoại. Ai đòi tiền là lừa đảo.',
        'Nobody may take money by phone. Whoever asks for it is a fraud.',
      ],
    ),
  ],
  'strong-password': [
    ask(
      ['Mật khẩu nào chắc hơn?', 'Which password is stronger?'],
      [
        ['Ngày sinh của mình', 'One’s birthday'],
        ['12345678', '12345678'],
        ['Một câu dài chỉ mình nhớ', 'A long sentence only you remember'],
      ],
      2,
      [
        'Câu dài khó đoán mà dễ nhớ. Ngày sinh và dãy số thì ai cũng đoán được.',
        'A long sentence is hard to guess and easy to keep. Birthdays and rows of digits are not.',
      ],
    ),
    ask(
      ['Dùng một mật khẩu cho mọi nơi được không?', 'May one password serve everywhere?'],
      [
        ['Được, cho dễ nhớ', 'Yes, it is easy'],
        ['Không, mỗi nơi một mật khẩu', 'No, one for each place'],
        ['Được nếu mật khẩu dài', 'Yes if it is long'],
      ],
      1,
      [
        'Lộ một nơi là mất hết mọi nơi. Nơi có tiền càng phải khác.',
        'If it leaks in one place, all are lost. Where money is, it must differ all the more.',
      ],
    ),
    ask(
      ['Bật xác nhận hai lớp để làm gì?', 'What is the second step at sign-in for?'],
      [
        ['Để máy chạy nhanh hơn', 'It makes the phone faster'],
        ['Để không cần mật khẩu', 'No password is needed then'],
        ['Lộ mật khẩu vẫn chưa mất tài khoản', 'A leaked password alone opens nothing'],
      ],
      2,
      [
        'Kẻ xấu có mật khẩu vẫn cần thêm mã trên máy của ông/bà.',
        'A thief with your password still needs the code on your phone.',
      ],
    ),
  ],
  'avoid-scams': [
    ask(
      ['Công an gọi bảo chuyển tiền, làm gì?', '“Police” call and want money. What do you do?'],
      [
        ['Chuyển cho nhanh', 'Pay quickly'],
        ['Cúp máy, hỏi công an xã', 'Hang up, ask the commune’s police'],
        ['Đọc mã OTP để xác minh', 'Read out a code'],
      ],
      1,
      [
        'Công an không làm việc và không đòi tiền qua điện thoại.',
        'The police do not work, and never ask for money, by phone.',
      ],
    ),
    ask(
      ['Trang nào là của cơ quan nhà nước?', 'Which address belongs to the state?'],
      [
        ['Trang có đuôi .gov.vn', 'One that ends in .gov.vn'],
        ['Trang có hình quốc huy', 'One with the emblem on it'],
        ['Trang đứng đầu khi tìm', 'The first that a search shows'],
      ],
      0,
      [
        'Hình và chữ thì ai cũng chép được. Đuôi .gov.vn chỉ cơ quan nhà nước có.',
        'Anybody can copy pictures and words. Only the state has .gov.vn.',
      ],
    ),
    ask(
      [
        'Đã lỡ chuyển tiền cho kẻ lừa, việc đầu tiên là gì?',
        'You have paid a fraud. What comes first?',
      ],
      [
        ['Chờ họ trả lại', 'Wait for it to come back'],
        ['Nhờ người trên mạng lấy lại', 'Ask somebody online to get it back'],
        ['Gọi ngay ngân hàng và công an', 'Call the bank and the police at once'],
      ],
      2,
      [
        'Gọi sớm thì ngân hàng còn kịp giữ tiền lại. Người hứa lấy lại tiền hay là kẻ lừa khác.',
        'Early on the bank may still stop it. Whoever promises your money back is often the next fraud.',
      ],
    ),
  ],
  'qr-payment': [
    ask(
      ['Muốn nhận tiền có cần đọc OTP không?', 'Do you need a one-time code to receive money?'],
      [
        ['Có', 'Yes'],
        ['Không bao giờ', 'Never'],
        ['Chỉ khi số tiền lớn', 'Only for large sums'],
      ],
      1,
      [
        'Mã OTP chỉ dùng để chuyển tiền đi. Ai hỏi mã là muốn lấy tiền.',
        'A code only sends money away. Whoever asks for it wants your money.',
      ],
    ),
    ask(
      ['Trước khi bấm chuyển tiền phải xem gì?', 'What do you check before you pay?'],
      [
        ['Tên người nhận và số tiền', 'The receiver’s name and the sum'],
        ['Màu của mã QR', 'The colour of the QR code'],
        ['Giờ trên máy', 'The time on the phone'],
      ],
      0,
      [
        'Kẻ xấu hay dán mã của họ đè lên mã của quán. Sai tên thì dừng lại hỏi.',
        'Thieves paste their code over the shop’s. If the name is wrong, stop and ask.',
      ],
    ),
    ask(
      ['Mã QR lạ dán ngoài đường thì sao?', 'What about a strange QR code in the street?'],
      [
        ['Quét thử cho biết', 'Scan it to see'],
        ['Không quét', 'Do not scan it'],
        ['Gửi cho bạn quét', 'Let a friend scan it'],
      ],
      1,
      [
        'Mã lạ có thể mở trang giả để lấy mật khẩu.',
        'A strange code may open a false page that takes your password.',
      ],
    ),
  ],
  'sell-online': [
    ask(
      ['Nên nhận tiền bán hàng thế nào?', 'How should a seller be paid?'],
      [
        ['Qua sàn', 'Through the market'],
        ['Qua đường dẫn khách gửi', 'By a link from the customer'],
        ['Đưa OTP cho khách', 'By giving the customer a code'],
      ],
      0,
      [
        'Sàn giữ tiền đến khi khách nhận hàng, hai bên đều yên tâm.',
        'The market keeps the money until the goods arrive; both sides are safe.',
      ],
    ),
    ask(
      ['Ảnh hàng nên thế nào?', 'What should the photo of the goods show?'],
      [
        ['Ảnh đẹp lấy trên mạng', 'A fine picture from the internet'],
        ['Ảnh thật, đủ sáng', 'The real goods, in good light'],
        ['Không cần ảnh', 'No photo is needed'],
      ],
      1,
      [
        'Khách tin hàng thật. Ảnh không đúng thì khách trả hàng.',
        'Customers trust what is real. If the photo is wrong they send it back.',
      ],
    ),
    ask(
      [
        'Khách gửi ảnh “đã chuyển tiền”, làm gì?',
        'A customer sends a picture of a payment. What do you do?',
      ],
      [
        ['Gửi hàng ngay', 'Send the goods at once'],
        ['Trả lại tiền thừa', 'Pay back what is too much'],
        ['Xem tiền đã vào tài khoản chưa', 'See whether the money has come'],
      ],
      2,
      [
        'Ảnh chuyển tiền làm giả rất dễ. Chỉ tin số tiền trong tài khoản của mình.',
        'Such pictures are easily forged. Trust only what stands in your account.',
      ],
    ),
  ],
}
