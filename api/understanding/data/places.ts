const list = (names: string): readonly string[] => names.split(',').map((name) => name.trim())

/** Streets of Huế's inner city and towns as their signs write them; a message may name others behind "đường". */
export const STREETS: readonly string[] = list(`
An Dương Vương, Bà Triệu, Bạch Đằng, Bảo Quốc, Bến Nghé, Bùi Thị Xuân, Cao Bá Quát, Chi Lăng, Chu Văn An,
Chương Dương, Dạ Lê, Duy Tân, Dương Văn An, Đặng Dung, Đặng Huy Trứ, Đặng Tất, Đặng Thai Mai, Đặng Văn Ngữ,
Điện Biên Phủ, Đinh Công Tráng, Đinh Tiên Hoàng, Đoàn Hữu Trưng, Đội Cung, Đống Đa, Đào Duy Anh, Đào Tấn,
Hà Huy Tập, Hà Nội, Hai Bà Trưng, Hải Triều, Hàm Nghi, Hàn Mặc Tử, Hàn Thuyên, Hồ Đắc Di, Hoàng Diệu,
Hoàng Hoa Thám, Hoàng Quốc Việt, Hoàng Thị Loan, Hùng Vương, Huyền Trân Công Chúa, Huỳnh Thúc Kháng,
Kim Long, La Sơn Phu Tử, Lâm Hoằng, Lê Duẩn, Lê Hồng Phong, Lê Huân, Lê Lai, Lê Lợi, Lê Ngô Cát,
Lê Quý Đôn, Lê Thánh Tôn, Lê Trung Đình, Lê Viết Lượng, Lương Ngọc Quyến, Lương Văn Can, Lý Nam Đế,
Lý Thái Tổ, Lý Thường Kiệt, Mai Thúc Loan, Minh Mạng, Ngô Đức Kế, Ngô Gia Tự, Ngô Quyền, Ngô Thời Nhậm,
Ngự Bình, Nguyễn Bỉnh Khiêm, Nguyễn Chí Diểu, Nguyễn Chí Thanh, Nguyễn Công Trứ, Nguyễn Cư Trinh, Nguyễn Du,
Nguyễn Gia Thiều, Nguyễn Hoàng, Nguyễn Huệ, Nguyễn Hữu Thọ, Nguyễn Khoa Chiêm, Nguyễn Khuyến, Nguyễn Lộ Trạch,
Nguyễn Phúc Nguyên, Nguyễn Sinh Cung, Nguyễn Sinh Sắc, Nguyễn Tất Thành, Nguyễn Thái Học, Nguyễn Thị Minh Khai,
Nguyễn Thiện Thuật, Nguyễn Trãi, Nguyễn Tri Phương, Nguyễn Trường Tộ, Nguyễn Văn Cừ, Nguyễn Văn Linh,
Nguyễn Vịnh, Nhật Lệ, Ông Ích Khiêm, Phạm Hồng Thái, Phạm Ngũ Lão, Phạm Văn Đồng, Phan Bội Châu, Phan Chu Trinh,
Phan Đăng Lưu, Phan Đình Phùng, Phùng Hưng, Sư Vạn Hạnh, Tạ Quang Bửu, Tam Thai, Thạch Hãn, Thái Phiên,
Thân Trọng Một, Thanh Hải, Thanh Tịnh, Thiên Thai, Tịnh Tâm, Tô Hiến Thành, Tố Hữu, Tôn Đức Thắng,
Tôn Thất Thiệp, Tôn Thất Tùng, Tôn Thất Thuyết, Trần Cao Vân, Trần Hưng Đạo, Trần Nguyên Đán, Trần Nhân Tông,
Trần Phú, Trần Quang Khải, Trần Quý Cáp, Trần Thanh Mại, Trần Thúc Nhẫn, Trần Văn Kỷ, Triệu Quang Phục,
Trương Chí Cương, Trương Định, Trường Chinh, Tùng Thiện Vương, Tuy Lý Vương, Tự Đức, Võ Liêm Sơn, Võ Nguyên Giáp,
Võ Thị Sáu, Võ Văn Kiệt, Xuân 68, Xuân Diệu, Yết Kiêu, Ưng Bình, Thái Thuận, Khúc Thừa Dụ, Thủy Dương Thuận An,
Nguyễn Kim Thành, Trần Bá Song, Phan Đăng Ninh, Độc Lập, Cách Mạng Tháng Tám, Thống Nhất`)

/** Bridges, without the word "cầu". */
export const BRIDGES: readonly string[] = list(`
Trường Tiền, Tràng Tiền, Phú Xuân, Dã Viên, Bạch Hổ, Gia Hội, Đông Ba, An Cựu, Kho Rèn, Vỹ Dạ, Chợ Dinh,
Nguyễn Hoàng, Kim Long, Ga, Lòn, Bãi Dâu, Thanh Long, Tam Giang, Ca Cút, Tư Hiền, Thuận An, Trường Hà, Tứ Phú,
Hộ, Bao Vinh, Nam Giao, Lim, Tuần, Truồi, An Lỗ, Hiền Sỹ, Phú Bài, Phú Ốc, Phú Thứ, Thủy Dương, Phát Lát, Chùa Cầu,
Ngói Thanh Toàn, Thanh Toàn, Hương Bằng, Phò Trạch, Mỹ Chánh, Thảo Long, Diên Trường, Vỹ Dạ mới, Đập Đá, Quán Cửa, Hà Đồ, Quảng Thọ`)

/** Markets, without the word "chợ". */
export const MARKETS: readonly string[] = list(`
Đông Ba, An Cựu, Tây Lộc, Bến Ngự, Cống, Xép, Mai, Nọ, Sịa, Hai Nhất, Phước Vĩnh, Kim Long, Vỹ Dạ, Thông, Tuần, Dinh,
An Lỗ, Tứ Hạ, Phú Bài, Truồi, Cầu Hai, Lăng Cô, Nước Ngọt, A Lưới, Khe Tre, Thuận An, Bao Vinh, La Chữ, Hương Cần,
Quảng Thọ, Phước Yên, Phò Trạch, Điền Lộc, Vinh Thanh, Mỹ Lợi, Phú Lộc, Dạ Lê, Trường An, Xuân Phú, Bãi Dâu, Chợ Mai`)

/** Rivers and the water station by which their level is told (Decision 05/2020/QĐ-TTg); none where no station reports a stage. */
export const RIVERS: readonly { name: string; station?: string }[] = [
  { name: 'Bồ', station: 'Phú Ốc' },
  { name: 'Hương', station: 'Kim Long' },
  { name: 'Tả Trạch', station: 'Thượng Nhật' },
  { name: 'Hữu Trạch' },
  { name: 'Ô Lâu', station: 'Phong Bình' },
  { name: 'Truồi', station: 'Truồi' },
  { name: 'An Cựu', station: 'Kim Long' },
  { name: 'Như Ý', station: 'Kim Long' },
  { name: 'Bạch Yến', station: 'Kim Long' },
  { name: 'Đông Ba', station: 'Kim Long' },
  { name: 'Lợi Nông' },
  { name: 'Phú Bài' },
  { name: 'Nông' },
  { name: 'Bù Lu' },
  { name: 'A Sáp' },
]

/** Hamlets around the lower Bồ river, without the word "thôn"; a caller may know more (gazetteer). */
export const HAMLETS: readonly string[] = list(`
Phước Yên, Niêm Phò, La Vân Hạ, La Vân Thượng, Tân Xuân Lai, Hà Đồ, Mai Dương, Mỹ Xá, Đông Xuyên, Thạch Bình,
Phò Nam, Xuân Tùy, Khuông Phò, Thủ Lễ, Bác Vọng, Sơn Tùng, An Xuân, Phú Lương, Tứ Phú, Vân Căn, Thanh Phước,
Thủy Phú, Lai Trung, Cổ Lão, Liễu Nam`)
