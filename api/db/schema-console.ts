import type { TermClass } from './retention-table.ts'

/** What the officials' console keeps of its own. */
export type ConsoleTables = {
  /** Residents of a unit, as somebody with the right to it entered them, with where the figure comes from. */
  areaPopulation: {
    unitCode: string
    residents: number
    asOf: string
    source: string
  }
  /** How long a class is kept from a day on, where that is not what ships. */
  retentionTerm: { kept: TermClass; validFrom: string; days: number }
}
