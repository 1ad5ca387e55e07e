"""The sample conversations: invented, French and English; `conversations.jsonl` is ours (CC BY 4.0)."""
