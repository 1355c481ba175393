/** The receipt of a payment of mine, as a PDF. */
export const receiptAddress = (payment: string): string => `/api/portal/v1/my/receipts/${payment}/pdf`;
