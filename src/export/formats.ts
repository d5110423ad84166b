/** The formats of `coach export` that are text, each loaded when it is asked for: data in, text out. */
export const EXPORTERS = {
  md: async () => (await import('./markdown.ts')).toMarkdownText,
  html: async () => (await import('./html.ts')).toHtmlText,
  csv: async () => (await import('./csv.ts')).toCsvText,
  ics: async () => (await import('./ics.ts')).toCalendarText,
} as const

/** JSON comes from the notebook itself: it holds everything, to be imported again. */
export type Format = keyof typeof EXPORTERS | 'json'
