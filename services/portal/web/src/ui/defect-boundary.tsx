import { Component, type ReactNode } from 'react';
import { Trouble } from './states.js';

interface Held {
  readonly defect: unknown;
}

/** A defect in a part beside the page stays there: the page itself stands. */
export class DefectBoundary extends Component<{ readonly children: ReactNode }, Held> {
  override state: Held = { defect: null };

  static getDerivedStateFromError(defect: unknown): Held {
    return { defect };
  }

  override render(): ReactNode {
    return this.state.defect === null ? this.props.children : <Trouble error={this.state.defect} />;
  }
}
