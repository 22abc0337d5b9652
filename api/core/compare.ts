/** Compares all signs however many differ, so that the time tells nothing. Both sides are fixed-length proofs. */
export function isSameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
