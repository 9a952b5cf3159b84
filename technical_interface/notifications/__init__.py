"""What Kela forwards to those who act in a municipality: the queue, one notification, and what is
done to it. A change names the version that was read (If-Match)."""
