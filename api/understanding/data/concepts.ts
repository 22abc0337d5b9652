import { THINGS } from './things.ts'
import { TOPICS } from './topics.ts'

/**
 * Words by what they are in a sentence about danger, folded. None of them decides anything: a model learns what it means
 * that a person stands before a peril, or a peril beside a day that is past.
 */
const DANGER: Readonly<Record<string, string>> = {
  now: 'dang,vua,vua moi,nay gio,luc nay,bay gio,ngay luc nay,hien,hien dang,con dang,van con,right now,just,still,at the moment,cang luc,moi luc',
  frail:
    'nam liet,bai liet,bi liet,liet,gia yeu,di khong duoc,khong di duoc,xe lan,mot minh,mu loa,lang tai,bau,mang bau,co bau,co chua,mang thai,san phu,so sinh,moi sinh,moi de,moi mo,thang tuoi,benh nang,tai bien,chay than,loc mau,suy than,hen suyen,tim mach,huyet ap,tieu duong,lu lan,tu ky,khuyet tat,tan tat,khong biet boi,chua biet boi,con do hon,tam muoi tuoi,chin muoi,gan chin muoi,ngoai tam muoi,wheelchair,pregnant,newborn,elderly,blind,disabled,paralysed,cannot walk',
  silent:
    'goi khong duoc,goi hoai khong,goi khong bat may,khong bat may,khong nghe may,tat may,mat lien lac,mat tin,het pin,sap het pin,gan het pin,phan tram pin,con pin,pin yeu,im luon,im bat,khong tra loi,khong dap,khong thua,khong len,chua thay len,khong thay len,khong thay noi len,chua vot duoc,chua thay,khong ve,chua ve,phone dying,no answer,has not come up,lost sight',
  body_sign:
    'mat tim,tim ngat,moi tim,tai met,tai nhot,trang bech,lanh ngat,lanh toat,lanh cung,khong mach,khong con mach,tron mat,mat tron,meo mieng,mieng meo,te nua nguoi,noi ngong,noi khong ro,oi ra mau,non ra mau,ho ra mau,ra mau,mau phun,mau lenh lang,vet mau,be bet mau,phu,sung,sung tim,lo mo,lo do,me man,lim,lim di,lim dan,hoa mat,rut chan,tho doc,tho gap,tho khe,kho khe,tho hat,rung rinh,sui bot,bot mep,khong phap phong,phong rop,lot da,khong nuot duoc,grey face,turning blue,no pulse,heartbeat',
  stuck:
    'khong ra duoc,ra khong duoc,khong thoat duoc,khong xuong duoc,khong chay kip,chay khong kip,khong kip chay,chua ra,chua ra duoc,chua dua ra,chua ai toi,chua ai vo,chua ai dua,chua ai don,con trong,con o trong,o ben trong,trong do,bit loi,cua ket,cua khong mo,khong mo duoc cua,bao vay,bao quanh,bon be nuoc,tu phia nuoc,khong con cho,het cho,cannot get out,no one can reach,still inside,are inside,stranded,cannot hold',
  afloat:
    'noi lenh benh,troi lenh benh,be chuoi,thung phuy,can nhua,ao phao,phao,phan troi,giuong noi,tu lanh noi,bam day,bam vao,om cot,om cay,tren ghe dau,dung tren ghe,tren ban,tren tu,tren ban tho,tren giuong,dung tren ban,ngoi tren ban',
  calm: 'chua ai bi gi,chua ai bi sao,chua trung ai,khong trung ai,khong ai bi thuong,khong co nguoi,khong co ai,van on,nguoi on,nguoi thi on,binh thuong,di duoc,dat duoc,lach qua duoc,chi mat,chi hu,tray nhe,tray,chi tray,da ngat,da rao,rao tam,chan tam,canh chung,bao ba con,may la,may rang,may ma,cho tho,tam nghi,nobody in danger,nobody was,luckily',
  someday:
    'co ngay,cho toi luc,luc do thi,luc nao khong hay,luc nao khong biet,keo,keo co ngay,lo ma,nho ma,rui,truoc khi,truoc mua,neu gio,gio lon la,gio ma,mua nua,mua them,hay bi,thuong bi,may lan,nam nao cung,thang nao cung,tuan nao cung,hom nao cung,lan nao cung,chieu nao cung,dem nao cung,de nghi,mong,lan sau,rut kinh nghiem,one day,every time,whenever,before someone',
}
const ROWS: Readonly<Record<string, string>> = {
  person:
    'nguoi,nguoi ta,con toi,con em,con tui,con be,thang be,thang cu,thang nho,be,chau,em be,em nho,ong cu,ba cu,ong,ba,me,ma,me gia,cha,bo,ba em,ba toi,vo,chong,anh,chi,chu,bac,co giao,mu,di,ong noi,ba noi,ong ngoai,ba ngoai,ngoai,cu ong,cu ba,hoc sinh,sinh vien,tre,tre em,con nit,dua,dua nho,ban,ban toi,hanh khach,khach,tai xe,cong nhan,tho,shipper,ngu dan,me con,ba chau,vo chong,cha con,hang xom,nan nhan,san phu,ba bau,bau,cu gia,nguoi gia,gia dinh,ca nha,tui em,tui con,chung toi,man,woman,boy,girl,child,children,kid,kids,baby,people,person,somebody,someone,friend,mother,father,wife,husband,son,daughter,grandma,grandfather,old lady,he,she,driver,passengers',
  peril:
    'ket,mac ket,bi ket,chim,duoi,duoi nuoc,troi,cuon,cuon troi,lat,lat up,de,de trung,de len,vui,vui lap,chon,sap,sup,do sap,no,phat no,chay nha,boc chay,boc khoi,khoi den,lua,ngat,ngat khi,xiu,guc,nga quy,quy,bat tinh,bat dong,khong tinh,goi khong thua,khong day,nam im,nam bep,co giat,dong kinh,meo mieng,ngung tho,khong tho,kho tho,tho rit,thoi thop,tim tai,tim rim,tim nguc,nguc,dau nguc,hoc,nghen,sac,dien giat,bi giat,bong nang,bong,phong,chay mau,mau,ra mau,bang huyet,vo oi,chuyen da,tro da,sap sinh,dau de,gay chan,gay xuong,gay co,dut,dut lia,dap dau,chan thuong,bi thuong,trong thuong,tong,can,dung,lao xuong,lan xuong,hat vang,vang xuong,nhay xuong,lot tuot,loi tuot,chui xuong,sup xuong,up nguoc,do guc,guc nga,nam sap,nam ngua,nam up mat,nam co quap,khoi dac,khoi mu,khoi den kit,phut lua,lua phut,bung chay,bung len,bat lua,ben lua,an sang,lan sang,chay lan,xi gas,xi manh,ro gas,mui gas,ho dien,dinh dien,vo ham,tran hoa chat,nuoc vao khoang,vao khoang,mac tren ngon,treo lo lung,nguy,nguy lam,nguy roi,roi xuong,rot xuong,te xuong,nga xuong,lot xuong,rot,hup,nhay cau,nhay song,tu tu,treo co,tu van,tuyet menh,uong thuoc,thuoc sau,thuoc ngu,rach tay,chem,dam,siet co,bop co,hiep,bat coc,khong che,doi giet,doi chem,chem nhau,dam nhau,vac rua,cam dao,cam rua,cam bua,ruot chem,siet co,dap cua,dap cua phong,khoa trai,pha cua,danh dap,mat tich,di lac,mat lien lac,lac,ran can,ong dot,ngo doc,soc thuoc,soc,chet,sap chet,nguy kich,hap hoi,dot quy,tai bien,nhoi mau,lut dau,ngap lut,co lap,vo de,lo nui,sat lo,khong boi,bam,du,treo,leo,tru,kiet suc,doi lanh,lanh run,het oxy,drown,drowning,trapped,stuck,unconscious,bleeding,collapsed,choking,breathing,burning,fire,sinking,sank,fell,stabbed,hanging,missing,pills,attacked,hit,swept,buried,labour,labor,seizure,stroke',
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

/** The phrases of each class. */
export const CONCEPT_ROWS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [ROWS, DANGER, TOPICS, THINGS].flatMap((rows) =>
    Object.entries(rows).map(([concept, phrases]) => [concept, phrases.split(',')] as const),
  ),
)

/** Each phrase with its class. */
export const CONCEPTS: readonly (readonly [phrase: string, concept: string])[] = Object.entries(
  CONCEPT_ROWS,
).flatMap(([concept, phrases]) => phrases.map((phrase) => [phrase, concept] as const))
