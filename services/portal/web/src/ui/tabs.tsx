import type { ReactNode } from 'react';
import { I18nProvider, Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

export interface TabContent {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

/** One subject in several views; arrows go from tab to tab. */
export function Tabs({
  label,
  tabs,
  initial,
}: {
  readonly label: string;
  readonly tabs: readonly TabContent[];
  readonly initial?: string;
}) {
  return (
    <I18nProvider locale="fr-FR">
      <AriaTabs className="tabs" defaultSelectedKey={initial}>
        <TabList className="tab-list" aria-label={label}>
          {tabs.map(({ id, title }) => (
            <Tab key={id} id={id} className="tab">
              {title}
            </Tab>
          ))}
        </TabList>
        {tabs.map(({ id, content }) => (
          <TabPanel key={id} id={id} className="stack">
            {content}
          </TabPanel>
        ))}
      </AriaTabs>
    </I18nProvider>
  );
}
