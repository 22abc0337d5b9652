/** Bad rows that a page may have however small it is. */
const FEW = 20

/**
 * Whether so many rows of a page are bad that their reading is wrong and not they: then the page is not taken, and asked
 * for again once the mapping is mended.
 */
export const isMappingAtFault = (rows: { read: number; bad: number }): boolean =>
  rows.bad > FEW && rows.bad * 2 > rows.read
