/** Signs of other alphabets that look like a Latin letter, pairwise; fullwidth and "bold" letters come by NFKC. */
const PAIRS =
  'аaеeоoрpсcуyхxіiјjѕsԁdһhкkмmтtвbнhгrАAВBЕEКKМMНHОOРPСCТTУYХXІIЅSЈJαaοoεeρpιiκkνvτtυuχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXıiɡgɑaℓl'

const MAP: ReadonlyMap<string, string> = new Map(
  [...PAIRS].flatMap((sign, i, all) => (i % 2 === 0 ? [[sign, all[i + 1] ?? sign]] : [])),
)
const FOREIGN = /[\u0131\u0251\u0261\u0370-\u03ff\u0400-\u052f\u2113]/g

/** Look-alikes as the Latin letter that was meant. */
export const latin = (text: string): string =>
  text.replace(FOREIGN, (sign) => MAP.get(sign) ?? sign)
