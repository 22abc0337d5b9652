import type { Settings } from '../context.ts'

/** The one province that this code knows today, and the commune whose hamlets are offered first. */
export const PLACE: Pick<Settings, 'homeUnitCode' | 'province'> = {
  homeUnitCode: '19867',
  province: { code: '46', nameVi: 'thành phố Huế', nameEn: 'Huế city' },
}
