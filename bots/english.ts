/** Common English words that no Vietnamese word looks like without its marks ("the", "my" and "to" do). */
const ENGLISH: ReadonlySet<string> = new Set(
  (
    'is are was what where when how who why which please help need want have has there here this that with from ' +
    'near house street road water light garbage trash broken report problem someone people you your they does ' +
    'and for not can could pay hello morning good flood flooded flooding speak'
  ).split(' '),
)
const ENOUGH_WORDS = 2

/** Whether a text is written in English: plain letters only, and at least two words that are nothing else. */
export function soundsEnglish(text: string): boolean {
  if (/[^\p{ASCII}\p{P}\p{S}]/u.test(text)) return false
  const words = new Set(text.toLowerCase().match(/[a-z]+/g) ?? [])
  let found = 0
  for (const word of words) if (ENGLISH.has(word)) found += 1
  return found >= ENOUGH_WORDS
}
