/** Background work: rivers become messages, and what was issued goes out. */
export { followReadings, renewMeasured } from './service/measured.ts'
export { sendIssued } from './service/send.ts'
