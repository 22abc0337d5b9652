import { fold } from '../../../core/text.ts'

/**
 * Words that mean danger to life, without marks, whole words. Read before anything else is asked: a false alarm costs
 * one more line, a missed one may cost a life.
 */
const DANGER =
  /\b(?:nuoc (?:da )?(?:vo|vao|tran vo|tran vao|ngap) nha|ngap (?:toi|den) (?:nguc|co|mai|noc)|chet duoi|duoi nuoc|(?:bi )?cuon troi|mac ket|ket (?:trong|tren)|bi chay|nha (?:dang )?chay|chay (?:nha|lon|to)|no (?:binh )?gas|dien giat|ro dien|day dien (?:dut|roi|sa)|sap (?:nha|cau|tuong)|vui lap|sat lo|bi thuong|tai nan|cap cuu|cuu (?:voi|toi|tui|nguoi)|nguy hiem (?:tinh mang|den tinh mang)|drown(?:ing|ed)?|trapped|swept away|on fire|injured|electrocuted|collapsed|landslide|emergency)\b/

/** True when the words name danger to somebody's life. */
export const soundsDangerous = (text: string): boolean => DANGER.test(fold(text))
