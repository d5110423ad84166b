// The types of commander that know from each declared flag what an option holds. They are types alone: what runs is commander.
declare module 'commander' {
  export * from '@commander-js/extra-typings'
}
