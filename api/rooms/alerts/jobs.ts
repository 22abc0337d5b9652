/** Background work: rivers become messages, and what was issued goes out. */
export { followReadings, renewMeasured } from './service/measured.ts'
export { remindOpenWarnings } from './service/remind.ts'
export { sendIssued } from './service/send.ts'
