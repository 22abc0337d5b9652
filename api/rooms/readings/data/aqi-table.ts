/**
 * Table 2 of Quyết định 1459/QĐ-TCMT (12/11/2019): concentrations in µg/m³ (CO too) at which the index takes the values
 * of `INDEX_STEPS`. The last one and all above it are 500. Ozone over eight hours ends at 300: above it only the hour
 * counts.
 */
export const INDEX_STEPS = [0, 50, 100, 150, 200, 300, 400, 500] as const

export const BREAKPOINTS = {
  o3_1h: [0, 160, 200, 300, 400, 800, 1000, 1200],
  o3_8h: [0, 100, 120, 170, 210, 400],
  co: [0, 10_000, 30_000, 45_000, 60_000, 90_000, 120_000, 150_000],
  so2: [0, 125, 350, 550, 800, 1600, 2100, 2630],
  no2: [0, 100, 200, 700, 1200, 2350, 3100, 3850],
  pm10: [0, 50, 150, 250, 350, 420, 500, 600],
  pm2_5: [0, 25, 50, 80, 150, 250, 350, 500],
} as const
export type Column = keyof typeof BREAKPOINTS

/** Table 1: the last index of each band, its colour, and ink that can be read on it. */
export const BANDS = [
  { code: 'good', to: 50, colour: '#00E400', ink: '#000000' },
  { code: 'moderate', to: 100, colour: '#FFFF00', ink: '#000000' },
  { code: 'poor', to: 150, colour: '#FF7E00', ink: '#000000' },
  { code: 'bad', to: 200, colour: '#FF0000', ink: '#000000' },
  { code: 'very_bad', to: 300, colour: '#8F3F97', ink: '#FFFFFF' },
  { code: 'hazardous', to: 500, colour: '#7E0023', ink: '#FFFFFF' },
] as const
export type Band = (typeof BANDS)[number]['code']
