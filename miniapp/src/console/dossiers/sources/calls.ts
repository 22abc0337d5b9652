import type {
  ImportReport,
  Preview,
  SourceStanding,
  SourceView,
} from '../../../../../api/rooms/dossiers/index.ts'
import { ApiProblem, request } from '../../../shared/api.ts'
import { guarded } from '../../calls.ts'

export type Mapping = Preview['mapping']
export type Field = keyof Mapping
/** A source as it is, or as somebody is about to make it. */
export type Target = Omit<SourceView, 'mapping'> & { mapping?: Mapping }

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** What a preview of a text file sends; it reads the first 20 rows. */
const PREVIEW_BYTES = 1_000_000

const isWorkbook = (file: File) => /\.xlsx$/i.test(file.name)
const typeOf = (file: File) => (isWorkbook(file) ? XLSX : 'text/csv')
const pathOf = (source: string) => `/dossiers/imports/${encodeURIComponent(source)}`

export const listSources = async (): Promise<SourceStanding[]> =>
  (await guarded(request<{ sources: SourceStanding[] }>('/dossiers/sources'))).sources

export const saveSource = (source: Target & { mapping: Mapping }): Promise<SourceView> =>
  guarded(
    request('/dossiers/sources', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(source),
    }),
  )

/** How a file would be read, under the mapping given, or else the one kept for the source, or else a guess. */
export function previewFile(source: string, file: File, mapping?: Mapping): Promise<Preview> {
  const headers = new Headers({ 'Content-Type': typeOf(file) })
  if (mapping !== undefined) headers.set('X-Mapping', encodeURIComponent(JSON.stringify(mapping)))
  // A source that is not made yet has no name; no source is called a dash.
  const path = `${pathOf(source === '' ? '-' : source)}/preview`
  const body = isWorkbook(file) ? file : file.slice(0, PREVIEW_BYTES)
  return guarded(request(path, { method: 'POST', headers, body }))
}

/** Brings the whole file in, or nothing: a refusal is a report too. */
export async function importFile(source: string, file: File): Promise<ImportReport> {
  const headers = { 'Content-Type': typeOf(file) }
  try {
    return await guarded(request(pathOf(source), { method: 'POST', headers, body: file }))
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.code === 'dossiers.import_refused')
      return problem.changed as ImportReport
    throw problem
  }
}

/** The file that somebody chooses; never resolves to an old choice, so the same name may be chosen again. */
export function chooseFile(): Promise<File | undefined> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = `.csv,.txt,.xlsx,text/csv,${XLSX}`
  input.hidden = true
  document.body.append(input)
  return new Promise<File | undefined>((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]))
    input.addEventListener('cancel', () => resolve(undefined))
    input.click()
  }).finally(() => input.remove())
}
