import type { Settings } from '../context.ts'

/** The one province that this code knows today, and the commune whose hamlets are offered first. */
export const placeOf = (config: {
  homeUnit: string
}): Pick<Settings, 'homeUnitCode' | 'province'> => ({
  homeUnitCode: config.homeUnit,
  province: { code: '46', nameVi: 'thành phố Huế', nameEn: 'Huế city' },
})
