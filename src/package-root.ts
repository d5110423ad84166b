/** The folder of the package. This file and the bundle made of it stand at the same depth in it. */
export const PACKAGE_ROOT = new URL('..', import.meta.url)
