import type { ComponentChildren } from 'preact'

type Look = {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger'
  isBig?: boolean
  isWide?: boolean
  children: ComponentChildren
}

const classOf = ({ look = 'primary', isBig, isWide }: Omit<Look, 'children'>) =>
  ['button', look, isBig ? 'big' : '', isWide ? 'wide' : ''].filter(Boolean).join(' ')

type ButtonProps = Look & {
  onClick?: () => void
  type?: 'button' | 'submit'
  /** Working: stays in the tab order, ignores presses, and says so to a screen reader. */
  isBusy?: boolean
  isDisabled?: boolean
  /** One of several that stay pressed. */
  isPressed?: boolean
  label?: string
}

/** A button; `label` replaces its text for a screen reader. */
export function Button(props: ButtonProps) {
  const { children, onClick, type = 'button', isBusy = false, isDisabled = false, label } = props
  return (
    <button
      type={type}
      class={classOf(props)}
      disabled={isDisabled}
      aria-disabled={isBusy}
      aria-busy={isBusy}
      aria-label={label}
      aria-pressed={props.isPressed}
      onClick={(event) => {
        if (isBusy) event.preventDefault()
        else onClick?.()
      }}
    >
      {children}
    </button>
  )
}

type LinkProps = Look & { href: string; target?: string; rel?: string }

/** A link that looks like a button (it goes somewhere; a button does something). */
export function LinkButton(props: LinkProps) {
  return (
    <a class={classOf(props)} href={props.href} target={props.target} rel={props.rel}>
      {props.children}
    </a>
  )
}
