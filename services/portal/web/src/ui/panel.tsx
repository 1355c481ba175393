import type { ReactNode } from 'react';
import { Dialog, Heading, I18nProvider, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.js';

interface PanelProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** What is looked at beside the page: Escape, the button or a press outside closes it, and the focus goes back to where it was. */
export function Panel({ title, isOpen, close, children }: PanelProps) {
  return (
    <I18nProvider locale="fr-FR">
      <ModalOverlay className="panel-veil" isDismissable isOpen={isOpen} onOpenChange={(open) => (open ? undefined : close())}>
        <Modal className="panel">
          <Dialog className="panel-content">
            <div className="panel-head">
              <Heading slot="title" level={2}>
                {title}
              </Heading>
              <Button onPress={close}>Fermer</Button>
            </div>
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}
