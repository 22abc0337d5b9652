import type { AskHelp, HelpOffer, HelpView } from '../../../../api/rooms/guides/index.ts'
import { postJson, request } from '../../shared/api.ts'

/** Help at home. All reject with `ApiProblem`. */

export type { HelpOffer, HelpView }
export type Wish = AskHelp

export const readOffer = (): Promise<HelpOffer> => request('/help-offer')

export const listOwn = async (): Promise<HelpView[]> =>
  (await request<{ items: HelpView[] }>('/help-requests')).items

export const ask = (wish: Wish & { consentVersion?: number }): Promise<HelpView> =>
  postJson('/help-requests', wish)

export const cancel = (id: string): Promise<HelpView> =>
  postJson(`/help-requests/${encodeURIComponent(id)}/cancel`, {})
