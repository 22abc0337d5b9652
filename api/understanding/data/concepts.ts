/**
 * Words by what they are in a sentence about danger, folded. None of them decides anything: a model learns what it means
 * that a person stands before a peril, or a peril beside a day that is past.
 */
const ROWS: Readonly<Record<string, string>> = {
  person:
    'nguoi,nguoi ta,con toi,con em,con tui,con be,thang be,thang cu,thang nho,be,chau,em be,em nho,ong cu,ba cu,ong,ba,me,ma,me gia,cha,bo,ba em,ba toi,vo,chong,anh,chi,chu,bac,co giao,mu,di,ong noi,ba noi,ong ngoai,ba ngoai,ngoai,cu ong,cu ba,hoc sinh,sinh vien,tre,tre em,con nit,dua,dua nho,ban,ban toi,hanh khach,khach,tai xe,cong nhan,tho,shipper,ngu dan,me con,ba chau,vo chong,cha con,hang xom,nan nhan,san phu,ba bau,bau,cu gia,nguoi gia,gia dinh,ca nha,tui em,tui con,chung toi,man,woman,boy,girl,child,children,kid,kids,baby,people,person,somebody,someone,friend,mother,father,wife,husband,son,daughter,grandma,grandfather,old lady,he,she,driver,passengers',
  peril:
    'ket,mac ket,bi ket,chim,duoi,duoi nuoc,troi,cuon,cuon troi,lat,lat up,de,de trung,de len,vui,vui lap,chon,sap,sup,do sap,no,phat no,chay nha,boc chay,boc khoi,khoi den,lua,ngat,ngat khi,xiu,guc,nga quy,quy,bat tinh,bat dong,khong tinh,goi khong thua,khong day,nam im,nam bep,co giat,dong kinh,meo mieng,ngung tho,khong tho,kho tho,tho rit,thoi thop,tim tai,tim rim,tim nguc,nguc,dau nguc,hoc,nghen,sac,dien giat,bi giat,bong nang,bong,phong,chay mau,mau,ra mau,bang huyet,vo oi,chuyen da,tro da,sap sinh,dau de,gay chan,gay xuong,gay co,dut,dut lia,dap dau,chan thuong,bi thuong,trong thuong,tong,can,dung,lao xuong,roi xuong,rot xuong,te xuong,nga xuong,lot xuong,rot,hup,nhay cau,nhay song,tu tu,treo co,tu van,tuyet menh,uong thuoc,thuoc sau,thuoc ngu,rach tay,chem,dam,siet co,bop co,hiep,bat coc,khong che,doi giet,doi chem,danh dap,mat tich,di lac,mat lien lac,lac,ran can,ong dot,ngo doc,soc thuoc,soc,chet,sap chet,nguy kich,hap hoi,dot quy,tai bien,nhoi mau,lut dau,ngap lut,co lap,vo de,lo nui,sat lo,khong boi,bam,du,treo,leo,tru,kiet suc,doi lanh,lanh run,het oxy,drown,drowning,trapped,stuck,unconscious,bleeding,collapsed,choking,breathing,burning,fire,sinking,sank,fell,stabbed,hanging,missing,pills,attacked,hit,swept,buried,labour,labor,seizure,stroke',
  water:
    'nuoc,nac,lu,lut,song,hoi,bien,ao,ho,gieng,pha,suoi,dap,de,dong nuoc,river,lake,sea,water,flood,lagoon,well,canal',
  high: 'noc,noc nha,mai,mai nha,mai ton,mai ngoi,gac,gac xep,gac lung,tra,chan,xa nha,san thuong,tang hai,tu,ban tho,ngon cay,cot dien,roof,upstairs,second floor',
  body: 'co,cam,nguc,vai,mui,dau,bung,ron,nach,chest,neck,chin',
  plea: 'cuu,cuu voi,cuu ho,cuu nan,giup,mau,mau len,mau mau,gap,khan cap,le,le len,nhanh,nhanh len,keu,keu cuu,lam on,xin,114,115,113,cap cuu,cuu thuong,xe cap cuu,ghe,xuong,thuyen,ca no,cano,truc thang,khong kip,chiu het noi,khong tru noi,rescue,help,urgent,ambulance,boat,emergency,hurry',
  past: 'hom qua,hom kia,hom truoc,hom no,bua truoc,bua qua,bua ho,tuan truoc,thang truoc,nam ngoai,nam truoc,nam kia,nam xua,hoi nho,hoi xua,hoi truoc,lan truoc,dot truoc,tung,da tung,ke,ke lai,nho lai,last year,yesterday,last week,years ago',
  maybe:
    'so,suyt,suyt nua,neu,lo nhu,nguy co,co the,de bi,coi chung,gia su,keo,e la,phong khi,lo khi,khi co,hay bi,thuong xuyen,may lan,nhieu lan,bua mo cung,ngay mo cung,could,might,if,almost,nearly,afraid',
  safe: 'khong sao,khong ai,chua ai,an toan,khoe roi,khoe lai,da do,do roi,may,may ma,tinh lai,qua con,het roi,xong roi,da tat,da dap,vot duoc,cuu duoc,kip thoi,safe,nobody hurt,no one hurt',
  asks: 'khong a,khong vay,may gio,so may,so mo,bao nhieu,the nao,nhu the nao,khi nao,khi mo,bao gio,ngay nao,ngay mo,o dau,o mo,lam sao,lam rang,can gi,giay gi,giay chi,co dung khong,co that,thiet khong,that khong,phai khong,duoc khong,ai phu trach,goi ai,goi so,how,where,when,what,which,who',
  wants:
    'de nghi,mong,nho,xin cho,phan anh,bao,kien nghi,sua giup,sua gium,don,kiem tra,xu ly,khac phuc,lap,gan,thay,tia,nao vet,nhac nho,tuan tra,please fix,fix,repair',
  jest: 'haha,hihi,hehe,lol,kkk,deadline,game,phim,truyen,bai hat,crush,sale,nguoi yeu,tinh yeu,mon,bai tap,do an,thi,rank,team,idol,concert,meme,trend,clip,netflix,facebook,homework,exam,movie,song',
}

/** Each phrase with its class. */
export const CONCEPTS: readonly (readonly [phrase: string, concept: string])[] = Object.entries(
  ROWS,
).flatMap(([concept, phrases]) => phrases.split(',').map((phrase) => [phrase, concept] as const))
