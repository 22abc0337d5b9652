import type { ConsentPurpose } from '../schema.ts'

/** A text people agree to. Once published it never changes: new words are a new version. */
export type ConsentText = {
  purpose: ConsentPurpose
  version: number
  bodyVi: string
  bodyEn: string
}

/**
 * What Law 91/2025/QH15 (in force 2026-01-01) wants said before a yes: which data, what for, who handles it, how long,
 * which rights, and that the yes can be taken back.
 */
export const CONSENT_TEXTS: readonly ConsentText[] = [
  {
    purpose: 'report',
    version: 1,
    bodyVi: `Khi gửi phản ánh, ông/bà đồng ý để Loa giữ và dùng dữ liệu như sau.
• Giữ gì: nội dung, ảnh (đã xóa thông tin ẩn), nơi xảy ra việc, kênh để trả lời ông/bà.
• Để làm gì: chuyển đến nơi xử lý, báo kết quả cho ông/bà, thống kê không nêu tên.
• Ai xem: UBND xã, phường nơi xảy ra việc và cơ quan được giao. Người xử lý không biết ai gửi, trừ khi ông/bà cho biết; mỗi lần xem danh tính đều được ghi lại.
• Công khai khi đã tiếp nhận: loại việc, nội dung và ảnh cán bộ đã duyệt, nơi xảy ra, tiến độ, câu trả lời. Không nêu tên; nơi riêng tư chỉ ghi gần đúng, khoảng 100 mét.
• Giữ bao lâu: tin nhắn gốc 30 ngày; kênh trả lời đến khi ông/bà yêu cầu xóa, sau đó chỉ còn phản ánh không nêu tên.
• Quyền của ông/bà: xem, sửa, nhận bản sao, hạn chế, phản đối, xóa, khiếu nại, rút lại đồng ý bất cứ lúc nào. Yêu cầu được trả lời trong 2 ngày làm việc.
• Liên hệ: nhắn cho Loa, hoặc đến Trung tâm Phục vụ hành chính công xã, phường.
Không đồng ý thì phản ánh không được gửi. Việc khẩn cấp, xin gọi 112.`,
    bodyEn: `By sending a report you agree that Loa keeps and uses data as follows.
• What is kept: what you write, photos (hidden details removed), where it happened, and the way to answer you.
• What for: to pass it to those who deal with it, to tell you the result, for statistics without names.
• Who sees it: the People's Committee of the commune or ward where it happened and the agency in charge. Those who handle it do not learn who sent it unless you let them; every look at an identity is recorded.
• Public once accepted: the kind of matter, words and photos that an official has approved, where it happened, progress and answer. No names; private places only roughly, to about 100 metres.
• For how long: original messages 30 days; the way to answer you until you ask for its deletion, then only the report without names remains.
• Your rights: to see, correct, get a copy, restrict, object, delete, complain, and take this consent back at any time. Requests are answered within 2 working days.
• Contact: write to Loa, or visit the Public Administration Service Centre of your commune or ward.
If you do not agree, the report is not sent. In an emergency call 112.`,
  },
  {
    purpose: 'notify',
    version: 1,
    bodyVi: `Khi đăng ký nhận tin, ông/bà đồng ý để Loa giữ và dùng dữ liệu như sau.
• Giữ gì: loại tin và nơi ông/bà chọn, kênh để nhắn ông/bà, giờ không muốn bị làm phiền.
• Để làm gì: nhắn đúng tin, đúng nơi, đúng giờ; đếm số người nhận mà không nêu tên.
• Ai xem: không cán bộ nào xem được ai đăng ký tin gì; chỉ có số đếm.
• Giữ bao lâu: đến khi ông/bà dừng nhận tin hoặc rút lại đồng ý; tin trong hộp thư 180 ngày.
• Dừng: nhắn DUNG bất cứ lúc nào. Khi đó chỉ còn tin khẩn về an toàn tính mạng và các bước của việc ông/bà đã gửi; rút lại đồng ý thì tin khẩn cũng dừng.
• Quyền của ông/bà: xem, sửa, nhận bản sao, hạn chế, phản đối, xóa, khiếu nại, rút lại đồng ý bất cứ lúc nào. Yêu cầu được trả lời trong 2 ngày làm việc.
• Liên hệ: nhắn cho Loa, hoặc đến Trung tâm Phục vụ hành chính công xã, phường.
Tin nhắn có thể đến chậm hoặc không đến. Việc khẩn cấp, xin gọi 112.`,
    bodyEn: `By asking for messages you agree that Loa keeps and uses data as follows.
• What is kept: the kinds of message and the places you choose, the way to reach you, the hours in which you do not want to be disturbed.
• What for: to send the right message for the right place at the right time; to count how many people got it, without names.
• Who sees it: no official can see who asked for what; only counts.
• For how long: until you stop the messages or take this consent back; messages in your inbox 180 days.
• Stopping: write STOP at any time. Then only urgent messages about danger to life and the steps of your own cases remain; taking this consent back stops the urgent messages too.
• Your rights: to see, correct, get a copy, restrict, object, delete, complain, and take this consent back at any time. Requests are answered within 2 working days.
• Contact: write to Loa, or visit the Public Administration Service Centre of your commune or ward.
Messages may come late or not at all. In an emergency call 112.`,
  },
  {
    purpose: 'help',
    version: 1,
    bodyVi: `Khi nhờ người tới giúp, ông/bà đồng ý để Loa giữ và dùng dữ liệu như sau.
• Giữ gì: tên gọi và chỗ nhà ông/bà ghi, thôn, tổ dân phố, việc cần giúp, số điện thoại nếu có, kênh để trả lời ông/bà.
• Để làm gì: để người của Tổ công nghệ số cộng đồng tới giúp; đếm số lần nhờ theo thôn, không nêu tên.
• Ai xem: cả tổ thấy thôn, việc cần giúp và lúc tiện; tên gọi, chỗ nhà và số điện thoại chỉ người đã nhận việc thấy.
• Giữ bao lâu: 30 ngày sau khi xong hoặc hủy, rồi xóa tên gọi, chỗ nhà, số điện thoại và kênh trả lời.
• Nhờ cho người nhà: ông/bà nói trước để người nhà biết và bằng lòng.
• Quyền của ông/bà: xem, sửa, nhận bản sao, hạn chế, phản đối, xóa, khiếu nại, rút lại đồng ý bất cứ lúc nào; rút lại thì việc đang nhờ được hủy. Yêu cầu được trả lời trong 2 ngày làm việc.
• Liên hệ: nhắn cho Loa, hoặc đến Trung tâm Phục vụ hành chính công xã, phường.
Không đồng ý thì yêu cầu không được gửi.`,
    bodyEn: `By asking for somebody to come and help you agree that Loa keeps and uses data as follows.
• What is kept: what you write of your name and where your house is, your hamlet, what help you need, your phone number if you give one, and the way to answer you.
• What for: so that a member of the community digital team can come and help; to count requests by hamlet, without names.
• Who sees it: the whole team sees hamlet, what help is needed and when it suits; name, house and phone only the member who takes the request.
• For how long: 30 days after it is done or cancelled; then name, house, phone number and the way to answer you are deleted.
• For a relative: please tell them first, and ask only if they agree.
• Your rights: to see, correct, get a copy, restrict, object, delete, complain, and take this consent back at any time; then a request that is going on is cancelled. Requests about your data are answered within 2 working days.
• Contact: write to Loa, or visit the Public Administration Service Centre of your commune or ward.
If you do not agree, the request is not sent.`,
  },
  {
    purpose: 'learn',
    version: 1,
    bodyVi: `Khi lưu bài đã học, ông/bà đồng ý để Loa giữ và dùng dữ liệu như sau.
• Giữ gì: bài nào đã học, ngày học, số câu trả lời đúng. Không giữ từng câu trả lời.
• Để làm gì: để ông/bà xem lại và đưa cho người khác xem khi muốn.
• Ai xem: chỉ ông/bà. Không cán bộ nào xem được ai học bài gì.
• Giữ bao lâu: đến khi ông/bà xóa hoặc rút lại đồng ý.
• Quyền của ông/bà: xem, nhận bản sao, hạn chế, phản đối, xóa, khiếu nại, rút lại đồng ý bất cứ lúc nào; rút lại thì bài đã lưu bị xóa. Yêu cầu được trả lời trong 2 ngày làm việc.
• Liên hệ: nhắn cho Loa, hoặc đến Trung tâm Phục vụ hành chính công xã, phường.
Không đồng ý vẫn học được mọi bài, chỉ là không lưu lại.`,
    bodyEn: `By having your lessons kept you agree that Loa keeps and uses data as follows.
• What is kept: which lessons you did, on which day, how many answers were right. Single answers are not kept.
• What for: so that you can look it up and show it to others if you wish.
• Who sees it: only you. No official can see who learned what.
• For how long: until you delete it or take this consent back.
• Your rights: to see, get a copy, restrict, object, delete, complain, and take this consent back at any time; then the lessons that were kept are deleted. Requests are answered within 2 working days.
• Contact: write to Loa, or visit the Public Administration Service Centre of your commune or ward.
If you do not agree you can still do every lesson; it is just not kept.`,
  },
]
