const DAY = 86_400_000

export function daysFrom(day: string, to: string): number {
  return (Date.parse(to) - Date.parse(day)) / DAY
}

export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}

/** `Mon 23 Nov`; every day of the play is in one year. */
export function sayDay(day: string): string {
  const said = new Date(day).toUTCString().slice(0, 11)
  return `${said.slice(0, 3)} ${Number(said.slice(5, 7))} ${said.slice(8)}`
}
