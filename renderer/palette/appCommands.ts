import BookOpen from '@lucide/svelte/icons/book-open';
import Keyboard from '@lucide/svelte/icons/keyboard';
import LayoutList from '@lucide/svelte/icons/layout-list';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import type { Desk } from '../app/desk.ts';
import { m } from '../messages/messages.ts';
import type { Command } from './commands.svelte.ts';

/** What can be done on every page. */
export function appCommands(desk: Desk, showKeys: () => void): Command[] {
  const labs: Command[] = (desk.catalog.labs ?? []).flatMap((lab) =>
    lab.state === 'ok'
      ? [
          {
            id: `lab ${lab.id}`,
            group: 'labs',
            title: m.palette.startLab(lab.title),
            sign: { icon: BookOpen },
            note: m.catalog.minutes(lab.minutes),
            run: () => {
              desk.catalog.wanted = lab.id;
              desk.route.toCatalog();
            },
          } satisfies Command,
        ]
      : [],
  );
  const themes: Command[] = (['system', 'light', 'dark'] as const).map((it) => ({
    id: `theme ${it}`,
    group: 'app',
    title: m.palette.theme(m.status.themes[it]),
    sign: { icon: SunMoon },
    run: () => desk.theme.choose(it),
  }));
  return [
    ...labs,
    {
      id: 'catalog',
      group: 'app',
      title: m.palette.goToLabs,
      sign: { icon: LayoutList },
      run: () => desk.route.toCatalog(),
    },
    { id: 'keys', group: 'app', title: m.palette.showKeys, sign: { icon: Keyboard }, keys: '?', run: showKeys },
    ...themes,
  ];
}
