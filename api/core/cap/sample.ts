import type { CapAlert } from './alert.ts'

/** A whole alert in both languages, for tests beside this file and of the rooms that send and receive such ones. */
export const SAMPLE: CapAlert = {
  identifier: 'hue.19867.20261123.1',
  sender: 'canhbao@quangdien.hue.gov.vn',
  sentAt: new Date('2026-11-23T15:30:00Z'),
  status: 'Exercise',
  messageType: 'Alert',
  scope: 'Public',
  codes: [],
  references: [],
  infos: (['vi-VN', 'en-GB'] as const).map((language) => ({
    language,
    categories: ['Met', 'Geo'],
    event: language === 'vi-VN' ? 'Lũ trên sông Bồ' : 'Flood of the Bồ river',
    responseTypes: ['Prepare'],
    urgency: 'Expected',
    severity: 'Moderate',
    certainty: 'Observed',
    eventCodes: [],
    effectiveAt: new Date('2026-11-23T15:30:00Z'),
    expiresAt: new Date('2026-11-24T03:00:00Z'),
    senderName: 'UBND xã Quảng Điền',
    headline: 'Phú Ốc 3,25 m & lên',
    instruction: 'Kê cao thóc, điện, giấy tờ < 1 m',
    parameters: [{ name: 'VN:BaoDong', value: '2' }],
    resources: [],
    areas: [
      {
        description: 'Xã Quảng Điền',
        polygons: [
          [
            { lng: 107.48, lat: 16.53 },
            { lng: 107.52, lat: 16.53 },
            { lng: 107.5, lat: 16.58 },
            { lng: 107.48, lat: 16.53 },
          ],
        ],
        circles: [{ center: { lng: 107.5, lat: 16.55 }, radiusKm: 2.5 }],
        geocodes: [{ name: 'VN-DVHC', value: '19867' }],
      },
    ],
  })),
}
