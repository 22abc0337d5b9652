/** Signs of the code by which a relative is let in. */
export const DELEGATION_SIGNS = 8
