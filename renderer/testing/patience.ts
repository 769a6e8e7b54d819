import { configure } from '@testing-library/svelte';

/** What is looked for on the page comes sooner or not at all. Milliseconds. */
configure({ asyncUtilTimeout: 20_000 });
