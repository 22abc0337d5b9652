import { html } from 'hono/html'
import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { truncate } from '../../../core/text.ts'
import { formatDate, formatDateTime } from '../../../core/time.ts'
import type { HamletView, HotlineRecord } from '../../areas/index.ts'
import type { ConsentTextView } from '../../identity/index.ts'
import { stateText } from '../messages/track.ts'
import { CATEGORY_IDS, MAX_DESCRIPTION, type PublicIncident } from '../schema.ts'
import type { LiteForm } from './form.ts'

export type Html = ReturnType<typeof html>
type View = Pick<Ctx, 't' | 'language' | 'settings'>

const MAX_WORDS = 120

/** A page of text: no script, one small style sheet. */
export function litePage({ t, language, settings }: View, title: string, body: Html): Html {
  const other = language === 'vi' ? 'en' : 'vi'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Loa</title>
<link rel="stylesheet" href="/lite/style.css">
</head>
<body>
${settings.isDemo ? html`<aside class="demo">${t('common:demo.banner')}</aside>` : ''}
<main>
<h1>${title}</h1>
${body}
</main>
<footer class="small"><a href="/lite?lang=${language}">${t('lite:home')}</a> ·
<a href="/lite?lang=${other}" lang="${other}" hreflang="${other}">${t('lite:other_language')}</a> ·
<a href="/">${t('lite:whole')}</a></footer>
</body>
</html>`
}

const categoryName = ({ t }: View, category: string) => t(asKey(`incidents:category.${category}`))

function calls({ t, language }: View, hotlines: readonly HotlineRecord[]): Html {
  return html`<h2>${t('lite:emergency')}</h2>
<ul class="calls">${hotlines.map(
    ({ phone, nameVi, nameEn }) =>
      html`<li><a href="tel:${phone}">${phone}</a> ${language === 'en' ? nameEn : nameVi}</li>`,
  )}</ul>
<p>${t('lite:emergency.text')}</p>`
}

function lookUp({ t, language }: View): Html {
  return html`<h2>${t('lite:find')}</h2>
<form action="/lite/case"><input type="hidden" name="lang" value="${language}">
<label for="code">${t('lite:find.code')}</label>
<input id="code" name="code" required maxlength="40" autocapitalize="characters" autocomplete="off" placeholder="HUE-XXXX-XXXX">
<button>${t('lite:find.go')}</button></form>`
}

function hamletOptions(hamlets: readonly HamletView[], chosen: string | undefined): Html {
  return html`${hamlets.map(
    ({ id, name }) =>
      html`<option value="${id}"${id === chosen ? ' selected' : ''}>${name}</option>`,
  )}`
}

function caseRow(view: View, incident: PublicIncident): Html {
  const { publicCode, description = '', hamletName, createdAt, state } = incident
  const facts = [hamletName, formatDate(new Date(createdAt)), stateText(view.t, incident, incident)]
  return html`<li><a href="/lite/case?code=${publicCode}&amp;lang=${view.language}">${categoryName(view, incident.category)}</a>
<br>${truncate(description, MAX_WORDS)}
<br><span class="small" data-state="${state}">${facts.filter(Boolean).join(' · ')}</span></li>`
}

export type HomeFacts = {
  hotlines: readonly HotlineRecord[]
  hamlets: readonly HamletView[]
  hamlet: string | undefined
  cases: readonly PublicIncident[]
}

/** Numbers to call, the way to report, a case by its code, public cases near a hamlet. */
export function homePage(view: View, facts: HomeFacts): Html {
  const { t, language } = view
  return litePage(
    view,
    t('lite:title'),
    html`${calls(view, facts.hotlines)}
<a class="go" href="/lite/report?lang=${language}">${t('lite:report')}</a>
${lookUp(view)}
<h2 id="near">${t('lite:near')}</h2>
<form action="/lite#near"><input type="hidden" name="lang" value="${language}">
<label for="hamlet">${t('lite:near.hamlet')}</label>
<select id="hamlet" name="hamlet"><option value="">${t('lite:near.all')}</option>${hamletOptions(facts.hamlets, facts.hamlet)}</select>
<button>${t('lite:near.go')}</button></form>
${facts.cases.length === 0 ? html`<p>${t('lite:near.none')}</p>` : html`<ul>${facts.cases.map((one) => caseRow(view, one))}</ul>`}`,
  )
}

/** One case as the public may see it; `isNew`: it was sent just now. */
export function casePage(view: View, incident: PublicIncident, isNew: boolean): Html {
  const { t } = view
  const { publicCode, dueDate, description, answer } = incident
  return litePage(
    view,
    publicCode,
    html`${isNew ? html`<p class="note">${t('lite:sent', { code: publicCode })}</p>` : ''}
<p><strong>${categoryName(view, incident.category)}</strong>: ${stateText(t, incident, incident)}</p>
${dueDate ? html`<p>${t('lite:case.due', { day: formatDate(dueDate) })}</p>` : ''}
${description ? html`<p class="words">${description}</p>` : html`<p>${t('lite:case.private')}</p>`}
${answer ? html`<h2>${t('lite:case.answer')}</h2><p class="words">${answer.text}</p>` : ''}
<h2>${t('lite:case.steps')}</h2>
<ol>${incident.timeline.map(
      (step) =>
        html`<li>${formatDateTime(new Date(step.at))}: ${stateText(t, step, incident)}</li>`,
    )}</ol>
${lookUp(view)}`,
  )
}

export const unknownPage = (view: View, code: string): Html =>
  litePage(
    view,
    view.t('lite:find'),
    html`<p class="note" role="alert">${view.t('lite:find.unknown', { code })}</p>${lookUp(view)}`,
  )

export type FormFacts = {
  form: LiteForm
  token: string
  hotlines: readonly HotlineRecord[]
  hamlets: readonly HamletView[]
  consent: ConsentTextView
  /** What keeps it from being sent, in whole sentences. */
  problems: readonly string[]
}

/** The report; what was typed is there again after a refusal (but photos, which no page may fill in). */
export function formPage(view: View, facts: FormFacts): Html {
  const { t, language } = view
  const { form, consent, problems } = facts
  return litePage(
    view,
    t('lite:report'),
    html`${problems.length > 0 ? html`<div class="note" role="alert"><ul>${problems.map((one) => html`<li>${one}</li>`)}</ul></div>` : ''}
<p>${t('lite:form.danger')} ${facts.hotlines
      .filter(({ phone }) => phone.length === 3)
      .map(({ phone }) => html`<a href="tel:${phone}">${phone}</a> `)}</p>
<form method="post" action="/lite/report?lang=${language}" enctype="multipart/form-data">
<input type="hidden" name="token" value="${facts.token}">
<label for="category">${t('lite:form.category')}</label>
<select id="category" name="category" required><option value="">${t('lite:form.choose')}</option>${CATEGORY_IDS.map(
      (id) =>
        html`<option value="${id}"${id === form.category ? ' selected' : ''}>${categoryName(view, id)}</option>`,
    )}</select>
<label for="description">${t('lite:form.description')}</label>
<textarea id="description" name="description" rows="5" required maxlength="${MAX_DESCRIPTION}">${form.description}</textarea>
<label for="hamlet">${t('lite:form.hamlet')}</label>
<select id="hamlet" name="hamlet"><option value="">${t('lite:form.elsewhere')}</option>${hamletOptions(facts.hamlets, form.hamlet)}</select>
<label for="place">${t('lite:form.place')}</label>
<input id="place" name="place" maxlength="300" value="${form.place}">
<label for="photos">${t('lite:form.photos')}</label>
<input id="photos" name="photos" type="file" multiple accept="image/jpeg,image/png,image/webp">
<label><input type="checkbox" name="urgent" value="1"${form.urgent === undefined ? '' : ' checked'}>${t('lite:form.urgent')}</label>
<h2>${t('lite:form.consent')}</h2>
<p class="words small">${consent.body}</p>
<label><input type="checkbox" name="consent" value="${consent.version}" required>${t('lite:form.agree')}</label>
<button>${t('lite:form.send')}</button></form>`,
  )
}
