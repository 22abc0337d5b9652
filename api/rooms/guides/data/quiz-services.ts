import { ask } from './write.ts'

/** Reports, dossiers, warnings, air. */
export const SERVICE_QUIZ = {
  'send-report': [
    ask(
      ['Ảnh phản ánh nên thế nào?', 'What makes a good photo?'],
      [
        ['Rõ mặt người vi phạm', 'It shows somebody’s face'],
        ['Thấy rõ chỗ và việc', 'It shows place and matter'],
        ['Lấy ảnh trên mạng', 'It comes from the internet'],
      ],
      1,
      [
        'Người đi xử lý cần thấy chỗ nào, việc gì. Không cần mặt ai.',
        'Those who see to it need the place and the matter, nobody’s face.',
      ],
    ),
    ask(
      ['Cần ghi gì để người xử lý tìm được chỗ?', 'How do they find the place?'],
      [
        ['Thôn, đường, gần nhà ai hay cột nào', 'Hamlet, road, next to what'],
        ['Chỉ ghi “gần nhà tôi”', 'Only “near my house”'],
        ['Không cần ghi', 'Nothing is needed'],
      ],
      0,
      [
        'Ghi rõ chỗ thì đi một lần là tới, việc xong sớm.',
        'With a clear place they go once, and it is done sooner.',
      ],
    ),
    ask(
      ['Nhà đang cháy thì làm gì trước?', 'A house is on fire. What comes first?'],
      [
        ['Gửi phản ánh', 'Send a report'],
        ['Chụp ảnh thật rõ', 'Take a good photo'],
        ['Gọi 114', 'Call 114'],
      ],
      2,
      [
        'Phản ánh có người đọc trong giờ làm việc. Nguy hiểm thì gọi 112, 113, 114, 115 ngay.',
        'Reports are read in office hours. In danger call 112, 113, 114 or 115 at once.',
      ],
    ),
  ],
  'check-dossier': [
    ask(
      ['Mã hồ sơ nằm ở đâu?', 'Where is the dossier code?'],
      [
        ['Trên giấy hẹn', 'On the receipt'],
        ['Trên thẻ căn cước', 'On the identity card'],
        ['Trên sổ hộ khẩu', 'In the household book'],
      ],
      0,
      [
        'Nộp hồ sơ xong, ông/bà được giấy hẹn. Mã in trên giấy đó.',
        'When you hand in a dossier you get a receipt. The code is printed on it.',
      ],
    ),
    ask(
      ['Tra cứu hồ sơ có mất tiền không?', 'Does looking it up cost anything?'],
      [
        ['Có, mỗi lần một ít', 'Yes, a little each time'],
        ['Không', 'No'],
        ['Chỉ mất khi hồ sơ trễ', 'Only when it is late'],
      ],
      1,
      [
        'Tra cứu không mất tiền. Ai đòi tiền để “chạy” hồ sơ là sai.',
        'It is free. Whoever wants money to speed it up does wrong.',
      ],
    ),
    ask(
      ['Hồ sơ báo thiếu giấy tờ thì làm gì?', 'A paper is missing. What do you do?'],
      [
        ['Chờ thêm', 'Wait longer'],
        ['Nộp hồ sơ mới', 'Hand in a new dossier'],
        ['Bổ sung theo thông báo', 'Bring what the notice names'],
      ],
      2,
      [
        'Hồ sơ đứng yên cho đến khi đủ giấy. Bổ sung sớm thì xong sớm.',
        'It stands still until it is complete. The sooner you add it, the sooner it is done.',
      ],
    ),
  ],
  'sign-in-portal': [
    ask(
      ['Địa chỉ nào là của Cổng quốc gia?', 'Which address is the portal’s?'],
      [
        ['dichvucong-gov.com', 'dichvucong-gov.com'],
        ['dichvucong.gov.vn', 'dichvucong.gov.vn'],
        ['dich-vu-cong.online', 'dich-vu-cong.online'],
      ],
      1,
      [
        'Đuôi phải đúng .gov.vn. Có thêm gạch, thêm chữ ở cuối là trang giả.',
        'It must end in exactly .gov.vn. A dash or another ending is a false page.',
      ],
    ),
    ask(
      ['Đăng nhập Cổng bằng gì?', 'With what do you sign in?'],
      [
        ['Tài khoản VNeID', 'The VNeID account'],
        ['Tài khoản Facebook', 'A Facebook account'],
        ['Số tài khoản ngân hàng', 'A bank account number'],
      ],
      0,
      [
        'Cổng chỉ nhận tài khoản định danh VNeID. Trang hỏi mật khẩu ngân hàng là trang giả.',
        'The portal takes the VNeID account alone. A page that wants your bank password is false.',
      ],
    ),
    ask(
      ['Vào Cổng bằng cách nào an toàn nhất?', 'What is the safest way to the portal?'],
      [
        ['Bấm đường dẫn trong tin nhắn', 'A link in a message'],
        ['Bấm quảng cáo', 'An advertisement'],
        ['Tự gõ địa chỉ', 'Type the address yourself'],
      ],
      2,
      [
        'Đường dẫn người khác gửi có thể dẫn tới trang giả giống hệt.',
        'A link from others may lead to a false page that looks the same.',
      ],
    ),
  ],
  'submit-dossier': [
    ask(
      ['Trả lệ phí hồ sơ ở đâu?', 'Where is the fee paid?'],
      [
        ['Ngay trên Cổng Dịch vụ công', 'On the portal itself'],
        ['Chuyển cho cán bộ', 'To an officer’s account'],
        ['Qua người quen trên mạng', 'Through somebody online'],
      ],
      0,
      [
        'Trả trên Cổng thì có biên lai. Không chuyển tiền vào tài khoản riêng của ai.',
        'The portal gives a receipt. Never pay into anybody’s own account.',
      ],
    ),
    ask(
      ['Ảnh giấy tờ nộp lên phải thế nào?', 'How should photos of papers be?'],
      [
        ['Mờ cũng được', 'Blurred is fine'],
        ['Rõ chữ, đủ bốn góc', 'Readable, with all four corners'],
        ['Chụp nửa tờ', 'Half of the page'],
      ],
      1,
      [
        'Ảnh mờ hoặc thiếu góc thì hồ sơ bị trả lại để làm lại.',
        'Blurred or cut photos send the dossier back to you.',
      ],
    ),
    ask(
      ['Nộp xong cần giữ lại gì?', 'What do you keep afterwards?'],
      [
        ['Không cần gì', 'Nothing'],
        ['Ảnh căn cước của cán bộ', 'The officer’s identity card'],
        ['Mã hồ sơ', 'The dossier code'],
      ],
      2,
      [
        'Có mã thì tra được hồ sơ đang ở bước nào, ngày nào xong.',
        'With the code you see where it stands and when it is due.',
      ],
    ),
  ],
  'flood-alerts': [
    ask(
      ['Khi có cảnh báo lũ, đọc gì trước?', 'What do you read first in a warning?'],
      [
        ['Phần làm gì', 'What to do'],
        ['Bình luận trên mạng', 'Comments online'],
        ['Tin đồn trong nhóm', 'Rumours in a group'],
      ],
      0,
      [
        'Phần “làm gì” nói việc cần làm ngay để giữ người và của.',
        '“What to do” says how to save lives and goods at once.',
      ],
    ),
    ask(
      ['Báo động 3 nghĩa là gì?', 'What does alarm level 3 mean?'],
      [
        ['Nước đang rút', 'The water is falling'],
        ['Lũ đã rất nguy hiểm', 'The flood is very dangerous'],
        ['Chỉ là diễn tập', 'It is only an exercise'],
      ],
      1,
      [
        'Có ba mức báo động, mức 3 là cao nhất. Nghe lời chính quyền, đi sớm khi được báo.',
        'There are three levels and 3 is the highest. Follow the authorities and leave early when told.',
      ],
    ),
    ask(
      [
        'Đường đang ngập, nước chảy xiết, đi qua được không?',
        'May you cross a road under fast water?',
      ],
      [
        ['Được, nếu đi xe máy', 'Yes, by motorbike'],
        ['Được, nếu đi đông', 'Yes, in a group'],
        ['Không', 'No'],
      ],
      2,
      [
        'Nước xiết cuốn được cả xe. Quay lại, chờ người hướng dẫn. Kẹt thì gọi 112.',
        'Fast water carries even cars away. Turn back and wait. If you are trapped call 112.',
      ],
    ),
  ],
  'read-air-quality': [
    ask(
      ['AQI 40 nghĩa là gì?', 'What does AQI 40 mean?'],
      [
        ['Không khí tốt', 'The air is good'],
        ['Nguy hại', 'Hazardous'],
        ['Trạm bị hỏng', 'The station is broken'],
      ],
      0,
      [
        'Từ 0 đến 50 là tốt. Số càng cao, không khí càng xấu.',
        'From 0 to 50 is good. The higher the number, the worse the air.',
      ],
    ),
    ask(
      ['AQI trên 150, người già nên làm gì?', 'AQI is above 150. What should older people do?'],
      [
        ['Tập thể dục ngoài trời', 'Exercise outside'],
        ['Ở trong nhà, đóng cửa', 'Stay inside with doors closed'],
        ['Mở hết cửa sổ', 'Open all windows'],
      ],
      1,
      [
        'Không khí xấu hại phổi và tim, nhất là người già và trẻ nhỏ.',
        'Bad air harms lungs and heart, most of all of the old and the very young.',
      ],
    ),
    ask(
      ['Trạm ghi “mất tín hiệu” nghĩa là gì?', 'A station says “no signal”. What does it mean?'],
      [
        ['Không khí sạch', 'The air is clean'],
        ['Không khí nguy hại', 'The air is hazardous'],
        ['Lúc này chưa có số đo', 'There is no reading now'],
      ],
      2,
      [
        'Không có số thì chưa biết tốt hay xấu. Xem trạm khác gần nhất.',
        'Without a number nobody knows. Look at the next station.',
      ],
    ),
  ],
}
