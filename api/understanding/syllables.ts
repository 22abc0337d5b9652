/** Folded Vietnamese syllables: an onset and a rime that can stand together in writing. */
const ONSETS = ' b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')
const RIMES =
  'a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et i ia ich im in inh ip it iu o oc oi om on ong op ot u ua uc ui um un ung up ut uu y ' +
  'oa oac oach oai oam oan oang oanh oao oat oay oe oen oeo oet ooc oong ue uech uenh ui uo uoc uoi uom uon uong uop uot uou uy uya uych uyen uyet uyn uynh uyp uyt uyu uan uang uat uay uau ' +
  'ie iec iem ien ieng iep iet ieu yem yen yeng yet yeu'

const SYLLABLES: ReadonlySet<string> = new Set(
  ONSETS.flatMap((onset) => RIMES.split(' ').map((rime) => onset + rime)),
)
const LONGEST = 7

export const isSyllable = (word: string): boolean => SYLLABLES.has(word)

/** Words written together ("nuocvonha"), cut into the fewest syllables; undefined when it is none of that. */
export function splitSyllables(word: string): string[] | undefined {
  const best: (string[] | undefined)[] = [[]]
  for (let end = 1; end <= word.length; end++) {
    for (let start = Math.max(0, end - LONGEST); start < end; start++) {
      const before = best[start]
      const part = word.slice(start, end)
      if (before === undefined || part.length < 2 || !SYLLABLES.has(part)) continue
      const now = best[end]
      if (now === undefined || before.length + 1 < now.length) best[end] = [...before, part]
    }
  }
  return best[word.length]
}
