/** Why a file cannot be read on; each has a sentence `dossiers:issue.<reason>`. */
export type FaultReason =
  | 'encoding'
  | 'line_too_long'
  | 'quote_open'
  | 'empty'
  | 'not_a_workbook'
  | 'workbook_too_large'
  | 'not_json'

/** Ends the reading of a file; the reader of rows turns it into a line of the report. */
export class FileFault extends Error {
  readonly reason: FaultReason

  constructor(reason: FaultReason) {
    super(reason)
    this.name = 'FileFault'
    this.reason = reason
  }
}
