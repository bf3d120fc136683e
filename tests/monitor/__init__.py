"""What operators see: pages, figures, logs."""
