import { be } from './as-system.ts'

// Loaded before the program: it then finds what macOS would tell it.
be('darwin')
