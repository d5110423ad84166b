/** The formats of `coach export`, each loaded when it is asked for: data in, text out. */
export const EXPORTERS = {
  md: async () => (await import('./markdown.ts')).toMarkdownText,
  ics: async () => (await import('./ics.ts')).toCalendarText,
} as const

export type Format = keyof typeof EXPORTERS
