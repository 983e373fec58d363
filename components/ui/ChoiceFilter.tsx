'use client'

import { Check, ChevronDown, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type KeyboardEvent, useId, useRef, useState } from 'react'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly count?: number | undefined
}

const shownChoices = 200

/**
 * A filter with one value out of many, with counts and its own search: a combobox in a popover.
 * Long lists are cut; typing finds the rest.
 */
export function ChoiceFilter({
  name,
  value,
  choices,
  onChange,
}: {
  readonly name: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
}) {
  const [open, setOpen] = useState(false)
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <div className="flex">
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          data-set={value !== '' || undefined}
          className="field inline-flex max-w-64 items-center gap-1.5 pr-2 pl-2.5 data-[set]:rounded-r-none data-[set]:border-accent data-[set]:bg-accent-soft"
        >
          <span className="text-ink-2">{name}</span>
          {value !== '' && <bdi className="truncate font-semibold">{chosen?.label ?? value}</bdi>}
          <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
        </Popover.Trigger>
        {open && (
          <Popover.Content
            align="start"
            sideOffset={4}
            aria-label={name}
            className="z-50 flex w-72 flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-2"
          >
            <ChoiceList
              name={name}
              value={value}
              choices={choices}
              onChoose={(next) => {
                setOpen(false)
                onChange(next)
              }}
            />
          </Popover.Content>
        )}
      </Popover.Root>
      {value !== '' && (
        <button
          type="button"
          aria-label={`Remove the filter ${name}`}
          className="field -ml-px grid w-7 place-items-center rounded-l-none border-accent bg-accent-soft text-ink-2"
          onClick={() => onChange('')}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

function ChoiceList({
  name,
  value,
  choices,
  onChoose,
}: {
  readonly name: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChoose: (value: string) => void
}) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const matching = choices.filter((choice) => choice.label.toLowerCase().includes(text.toLowerCase()))
  const visible = matching.slice(0, shownChoices)
  const index = Math.min(active, visible.length - 1)

  function move(to: number) {
    const next = Math.max(0, Math.min(to, visible.length - 1))
    setActive(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      move(index + step)
    } else if (event.key === 'Enter') {
      const choice = visible[index]
      if (choice) onChoose(choice.value === value ? '' : choice.value)
    }
  }
  return (
    <>
      <input
        role="combobox"
        aria-label={`Find in ${name}`}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={visible[index] ? `${id}-${index}` : undefined}
        aria-autocomplete="list"
        placeholder={`Find in ${choices.length.toLocaleString('en-GB')}`}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        className="h-10 border-line border-b bg-transparent px-3 text-sm outline-none placeholder:text-ink-3"
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={name} className="max-h-80 overflow-y-auto p-1">
        {visible.map((choice, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above hears the keys
          <div
            key={choice.value}
            id={`${id}-${position}`}
            role="option"
            tabIndex={-1}
            aria-selected={choice.value === value}
            data-active={position === index || undefined}
            onPointerMove={() => setActive(position)}
            onClick={() => onChoose(choice.value === value ? '' : choice.value)}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-sm data-[active]:bg-sunken"
          >
            <Check
              size={14}
              aria-hidden="true"
              className={`shrink-0 text-accent ${choice.value === value ? '' : 'invisible'}`}
            />
            <bdi className="min-w-0 flex-1 truncate">{choice.label}</bdi>
            {choice.count !== undefined && (
              <span className="text-ink-3 text-xs">{choice.count.toLocaleString('en-GB')}</span>
            )}
          </div>
        ))}
      </div>
      <p role="status" className="border-line border-t px-3 py-1.5 text-ink-3 text-xs empty:hidden">
        {matching.length === 0 && 'Nothing fits.'}
        {matching.length > shownChoices && `${matching.length - shownChoices} more: type to find them.`}
      </p>
    </>
  )
}
