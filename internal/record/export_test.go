package record

// BeginChecking makes the room as busy as a check does, until the returned function is called.
func (r *Room) BeginChecking() (end func()) {
	r.checking.Lock()
	return r.checking.Unlock
}
